/** What can be done with runs. `ref` is an id or `entity:project:slug`. Every change publishes a signal. */
import { Context, type Effect, type Schema } from "effect"
import type { Principal, Scope } from "../identity/Principal.ts"
import type { Project, ProjectId } from "../project/Project.ts"
import type { InvalidInput } from "../store/InvalidInput.ts"
import type { StoreError } from "../store/StoreError.ts"
import type { ConfigMerge } from "./config/mergeConfig.ts"
import type { Run, RunCreate, RunId, RunListItem, RunNotFound, RunPatch, RunSlugTaken } from "./Run.ts"
import type { ConfigVersion } from "./RunConfig.ts"
import type { FinalState } from "./RunState.ts"

export interface CreateOptions {
  readonly user: Principal | null
  readonly idempotencyKey?: string | undefined
  /** The name of a run that has a slug and no name: the slug (default), or a readable one as runs get that have neither. */
  readonly naming?: "slug" | "readable" | undefined
}

export interface CreatedRun {
  readonly run: Run
  /** False when an existing run is continued (`resume`, or a repeated idempotency key). */
  readonly created: boolean
}

export type BulkChange =
  | { readonly op: "delete" | "restore"; readonly runs: ReadonlyArray<string> }
  | {
      readonly op: "addTags" | "removeTags"
      readonly runs: ReadonlyArray<string>
      readonly tags: ReadonlyArray<string>
    }
  | { readonly op: "group"; readonly runs: ReadonlyArray<string>; readonly group: string | null }
  | { readonly op: "move"; readonly runs: ReadonlyArray<string>; readonly project: ProjectId }

export class Runs extends Context.Service<
  Runs,
  {
    create(
      project: Project,
      input: RunCreate,
      options: CreateOptions
    ): Effect.Effect<CreatedRun, RunSlugTaken | RunNotFound | InvalidInput | StoreError>
    get(ref: string): Effect.Effect<Run, RunNotFound | StoreError>
    /** The id and project behind a ref, from a cache, for paths that run thousands of times a second. */
    locate(
      ref: string
    ): Effect.Effect<
      { readonly id: RunId; readonly project: ProjectId; readonly entity: string },
      RunNotFound | StoreError
    >
    update(ref: string, patch: RunPatch): Effect.Effect<Run, RunNotFound | InvalidInput | StoreError>
    finish(
      ref: string,
      end: { readonly state: FinalState; readonly exitCode?: number | undefined }
    ): Effect.Effect<Run, RunNotFound | StoreError>
    /** A sign of life; revives a crashed run. Answers whether someone asked the client to stop. */
    heartbeat(ref: string): Effect.Effect<{ readonly stopRequested: boolean }, RunNotFound | StoreError>
    pause(ref: string): Effect.Effect<Run, RunNotFound | StoreError>
    /** Sets `running` again, from any state. */
    resume(ref: string): Effect.Effect<Run, RunNotFound | StoreError>
    requestStop(ref: string): Effect.Effect<Run, RunNotFound | StoreError>
    delete(ref: string): Effect.Effect<void, RunNotFound | StoreError>
    restore(ref: string): Effect.Effect<Run, RunNotFound | RunSlugTaken | StoreError>
    /** Deep-merged into the present config, or as `merge` says; a new version only when something differs. */
    setConfig(
      ref: string,
      config: Schema.JsonObject,
      options?: { readonly merge?: ConfigMerge | undefined }
    ): Effect.Effect<Run, RunNotFound | InvalidInput | StoreError>
    configVersions(ref: string): Effect.Effect<ReadonlyArray<ConfigVersion>, RunNotFound | StoreError>
    addTags(ref: string, tags: ReadonlyArray<string>): Effect.Effect<Run, RunNotFound | InvalidInput | StoreError>
    removeTag(ref: string, tag: string): Effect.Effect<Run, RunNotFound | StoreError>
    /** One failure does not stop the others. */
    bulk(
      change: BulkChange
    ): Effect.Effect<
      { readonly changed: number; readonly failed: ReadonlyArray<{ readonly run: string; readonly message: string }> },
      StoreError
    >
    /** Hides the run's points beyond `step` and starts a new segment. */
    rewind(ref: string, step: number): Effect.Effect<Run, RunNotFound | InvalidInput | StoreError>
    /** Points came in: refreshes activity and, at most every two seconds a run, the summary fields of the index. */
    touched(run: RunId): Effect.Effect<void, StoreError>
    /** Runs of the project with a change sequence above `since`, oldest change first, and the newest sequence. */
    changedSince(
      project: ProjectId,
      since: number,
      scope: Scope
    ): Effect.Effect<{ readonly runs: ReadonlyArray<RunListItem>; readonly cursor: number }, StoreError>
    /** Marks running runs whose heartbeats stopped as crashed, and gives how many. The server calls it every 30 s. */
    readonly sweepCrashed: Effect.Effect<number, StoreError>
  }
>()("@wanllmdb/core/Runs") {}
