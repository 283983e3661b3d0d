/** The port behind which projects are kept. Slugs are unique in their entity without regard to case, deleted projects included. */
import { Context, type Effect } from "effect"
import type { Scope } from "../identity/Principal.ts"
import type { StoreError } from "../store/StoreError.ts"
import type { Project, ProjectId, ProjectNotFound, ProjectSlugTaken } from "./Project.ts"

export type ProjectSort = "name" | "created" | "activity" | "runs"

export interface ProjectQuery {
  readonly scope: Scope
  readonly entity?: string | undefined
  /** Part of name, slug, description or a tag, without regard to case. */
  readonly search?: string | undefined
  /** Default `activity`, newest first. */
  readonly sort?: ProjectSort | undefined
  readonly descending?: boolean | undefined
  readonly deleted?: boolean | undefined
  readonly after?: string | undefined
  /** Default 100, at most 1,000. */
  readonly limit?: number | undefined
}

export class ProjectStore extends Context.Service<
  ProjectStore,
  {
    insert(project: Project): Effect.Effect<void, ProjectSlugTaken | StoreError>
    get(id: ProjectId): Effect.Effect<Project, ProjectNotFound | StoreError>
    /** By present slug, or by one it had before (a redirect). */
    getBySlug(entity: string, slug: string): Effect.Effect<Project, ProjectNotFound | StoreError>
    /** Replaces all but the counts; keeps the old slug as a redirect when it changed. */
    update(project: Project): Effect.Effect<void, ProjectNotFound | ProjectSlugTaken | StoreError>
    list(
      query: ProjectQuery
    ): Effect.Effect<{ readonly items: ReadonlyArray<Project>; readonly next: string | null }, StoreError>
  }
>()("@wanllmdb/core/ProjectStore") {}
