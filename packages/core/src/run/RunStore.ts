/**
 * The port behind which runs are kept. A run is a small row plus documents (config, summary, notes …) that are read only
 * when asked for, so that a heartbeat or a list never touches a 10 MB config. Every change takes the next sequence of its
 * project; readers of changes ask for what is above the sequence they have. An adapter passes `runStoreContract`.
 */
import { Context, type Effect, Schema } from "effect"
import type { ProjectId } from "../project/Project.ts"
import type { StoreError } from "../store/StoreError.ts"
import type { ForkPoint, RunId, RunNotFound, RunSlugTaken } from "./Run.ts"
import type { ConfigVersion } from "./RunConfig.ts"
import type { RunEnvironment } from "./RunEnvironment.ts"
import type { RunState } from "./RunState.ts"

/** What a run's metrics hold, by key: the numbers that filters like `min(loss)` ask for. */
export interface MetricFigures {
  readonly last: number | string | null
  readonly min: number | null
  readonly max: number | null
  readonly mean: number | null
}

/** Parts of a run that may be large, each kept apart. */
export interface RunDocuments {
  readonly notes: string
  readonly config: Schema.JsonObject
  /** What clients set; lies over what metrics give. */
  readonly userSummary: Schema.JsonObject
  /** What is shown: metric values by their definitions, then `userSummary`. */
  readonly summary: Schema.JsonObject
  readonly figures: Readonly<Record<string, MetricFigures>>
  readonly environment: RunEnvironment | null
}

export const runDocumentKinds = ["notes", "config", "userSummary", "summary", "figures", "environment"] as const

export interface RunRow {
  readonly id: RunId
  readonly project: ProjectId
  readonly slug: string
  readonly name: string
  readonly state: RunState
  readonly tags: ReadonlyArray<string>
  readonly group: string | null
  readonly jobType: string | null
  readonly user: string | null
  readonly host: string | null
  readonly gitCommit: string | null
  readonly createdAt: number
  readonly updatedAt: number
  readonly heartbeatAt: number | null
  readonly finishedAt: number | null
  readonly deletedAt: number | null
  /** When the present stretch of work began: creation, or the last resume after an end. */
  readonly startedAt: number
  /** Time spent paused within the present stretch. */
  readonly pausedMs: number
  readonly pausedAt: number | null
  /** Last sign of life of any kind. */
  readonly aliveAt: number
  readonly configVersion: number
  readonly exitCode: number | null
  readonly stopRequested: boolean
  readonly segment: number
  readonly parent: ForkPoint | null
  readonly idempotencyKey: string | null
  /** The metric store's cursor that `figures` reflects. */
  readonly figuresSequence: number
  /** Grows by one with every change but a heartbeat. */
  readonly rev: number
}

/** A row as the store gives it: with what the store itself assigns and what it knows of the project. */
export interface StoredRun extends RunRow {
  readonly entity: string
  readonly projectSlug: string
  readonly projectDeleted: boolean
  /** Position in the project, counted from 0, never used twice. The index pages runs by it. */
  readonly ordinal: number
  /** The project's change sequence of the last change. */
  readonly sequence: number
}

export type RunChange = Partial<
  Omit<RunRow, "id" | "project" | "slug" | "createdAt" | "idempotencyKey" | "rev"> & RunDocuments
> & {
  /** Kept as a version of the config beside the change. */
  readonly newConfigVersion?: ConfigVersion | undefined
}

/** A run that left the project; its place in the index is empty from this sequence on. */
export interface DepartedRun {
  readonly run: RunId
  readonly ordinal: number
  readonly sequence: number
}

export interface RunChanges {
  /** Oldest change first; a run that changed several times comes once. */
  readonly rows: ReadonlyArray<StoredRun>
  readonly departed: ReadonlyArray<DepartedRun>
  /** Everything up to here is in the answer. */
  readonly sequence: number
  /** Whether more changes lie above `sequence`. */
  readonly more: boolean
}

/** Someone else changed the run since it was read; read it again. */
export class RunChanged extends Schema.TaggedError<RunChanged>()("RunChanged", { run: Schema.String }) {
  override get message() {
    return `Run "${this.run}" was changed by someone else`
  }
}

export class RunStore extends Context.Service<
  RunStore,
  {
    /** Inserts with the next ordinal and sequence of its project and counts it there. The config becomes version 1. */
    insert(run: RunRow, documents: RunDocuments): Effect.Effect<StoredRun, RunSlugTaken | StoreError>
    get(id: RunId): Effect.Effect<StoredRun, RunNotFound | StoreError>
    getBySlug(project: ProjectId, slug: string): Effect.Effect<StoredRun, RunNotFound | StoreError>
    findByIdempotencyKey(project: ProjectId, key: string): Effect.Effect<StoredRun | null, StoreError>
    /** Those of the ids that exist, in no order. */
    getMany(ids: ReadonlyArray<RunId>): Effect.Effect<ReadonlyArray<StoredRun>, StoreError>
    /** Those of the project's ordinals that hold a run now, in no order. */
    getByOrdinals(
      project: ProjectId,
      ordinals: ReadonlyArray<number>
    ): Effect.Effect<ReadonlyArray<StoredRun>, StoreError>
    /** One entry per id that exists. */
    documents(ids: ReadonlyArray<RunId>): Effect.Effect<ReadonlyMap<RunId, RunDocuments>, StoreError>
    /** One document of a run, without reading the others; undefined when there is no such run. */
    document<K extends keyof RunDocuments>(id: RunId, kind: K): Effect.Effect<RunDocuments[K] | undefined, StoreError>
    /** Applies the change if the run still has `expectedRev`, gives it the next rev and sequence, and answers the new row. */
    update(
      id: RunId,
      expectedRev: number,
      change: RunChange
    ): Effect.Effect<StoredRun, RunNotFound | RunChanged | StoreError>
    /** A heartbeat: moves `heartbeatAt` and `aliveAt` forward and nothing else; no rev, no sequence. */
    beat(id: RunId, at: number): Effect.Effect<StoredRun, RunNotFound | StoreError>
    /** Moves the run to another project: a new ordinal there, a departure here. */
    move(
      id: RunId,
      expectedRev: number,
      project: ProjectId,
      at: number
    ): Effect.Effect<StoredRun, RunNotFound | RunChanged | RunSlugTaken | StoreError>
    configVersions(id: RunId): Effect.Effect<ReadonlyArray<ConfigVersion>, StoreError>
    /** The newest change sequence of the project; 0 when it has none. */
    sequence(project: ProjectId): Effect.Effect<number, StoreError>
    /** Changes above `since`, at most about `limit` (default 1,000). */
    changedSince(project: ProjectId, since: number, limit?: number): Effect.Effect<RunChanges, StoreError>
    /** Running runs that have sent heartbeats and whose last sign of life lies before the moment. */
    silent(before: number): Effect.Effect<ReadonlyArray<StoredRun>, StoreError>
    /** Runs of the project that have not ended, or ended after the moment: those whose points may still grow. */
    active(project: ProjectId, endedAfter: number): Effect.Effect<ReadonlyArray<StoredRun>, StoreError>
  }
>()("@wanllmdb/core/RunStore") {}
