/** What can be done with projects. `ref` is an id or `entity:slug`; a bare slug means the default entity. */
import { Context, type Effect } from "effect"
import type { InvalidInput } from "../store/InvalidInput.ts"
import type { StoreError } from "../store/StoreError.ts"
import type { Project, ProjectCreate, ProjectNotFound, ProjectPatch, ProjectSlugTaken } from "./Project.ts"
import type { ProjectQuery } from "./ProjectStore.ts"

export const defaultEntity = "local"
export const defaultProject = "uncategorized"

export class Projects extends Context.Service<
  Projects,
  {
    create(input: ProjectCreate): Effect.Effect<Project, ProjectSlugTaken | InvalidInput | StoreError>
    /** The project, made when it does not exist yet; what clients that only name a project rely on. */
    ensure(entity: string, slug: string): Effect.Effect<Project, InvalidInput | StoreError>
    get(ref: string): Effect.Effect<Project, ProjectNotFound | StoreError>
    list(
      query: ProjectQuery
    ): Effect.Effect<{ readonly items: ReadonlyArray<Project>; readonly next: string | null }, StoreError>
    update(
      ref: string,
      patch: ProjectPatch
    ): Effect.Effect<Project, ProjectNotFound | ProjectSlugTaken | InvalidInput | StoreError>
    /** Hides the project and its runs until it is restored. */
    delete(ref: string): Effect.Effect<void, ProjectNotFound | StoreError>
    restore(ref: string): Effect.Effect<Project, ProjectNotFound | StoreError>
  }
>()("@wanllmdb/core/Projects") {}
