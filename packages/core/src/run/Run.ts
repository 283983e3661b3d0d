/**
 * A run is one execution of a training program: its configuration, its state and the identity that every metric,
 * log line, file and artifact hangs from.
 */
import { Schema } from "effect"
import { ProjectId } from "../project/Project.ts"
import { Identifier, Slug } from "../store/Identifier.ts"
import { Instant } from "../time/Instant.ts"
import { JsonDocument } from "./config/JsonDocument.ts"
import { RunEnvironment } from "./RunEnvironment.ts"
import { RunState } from "./RunState.ts"

export const RunId = Identifier.pipe(Schema.brand("RunId"))
export type RunId = typeof RunId.Type

export const Tag = Schema.String.check(Schema.isBetweenLength(1, 256))

/** Where a fork left its parent: points of that segment up to and including `step` are the fork's own history. */
export const ForkPoint = Schema.Struct({ run: RunId, segment: Schema.Int, step: Schema.Finite })
export interface ForkPoint extends Schema.Schema.Type<typeof ForkPoint> {}

/** What a list of runs shows: no JSON documents, so that a page of a thousand stays small. */
export const RunListItem = Schema.Struct({
  id: RunId,
  project: ProjectId,
  /** Slug of the entity of the project. */
  entity: Slug,
  projectSlug: Slug,
  /** Unique in its project; what page addresses and W&B clients call the run id. */
  slug: Slug,
  name: Schema.String,
  state: RunState,
  tags: Schema.Array(Tag),
  group: Schema.NullOr(Schema.String),
  jobType: Schema.NullOr(Schema.String),
  user: Schema.NullOr(Schema.String),
  host: Schema.NullOr(Schema.String),
  createdAt: Instant,
  /** When it last changed in any way but a heartbeat. */
  updatedAt: Instant,
  heartbeatAt: Schema.NullOr(Instant),
  finishedAt: Schema.NullOr(Instant),
  /** From creation (or the last resume) to the end, or to the last sign of life; paused time is left out. */
  durationMs: Schema.Finite,
  deletedAt: Schema.NullOr(Instant),
  /** Grows by one with every change of the run. */
  rev: Schema.Int
}).annotate({ identifier: "RunListItem" })
export interface RunListItem extends Schema.Schema.Type<typeof RunListItem> {}

export const Run = Schema.Struct({
  ...RunListItem.fields,
  notes: Schema.String,
  config: Schema.JsonObject,
  /** 1 for the first config; each change that differs makes the next. */
  configVersion: Schema.Int,
  /** Last value of each metric by its rule, under what the client set itself. Nested keys are joined with a dot. */
  summary: Schema.JsonObject,
  environment: Schema.NullOr(RunEnvironment),
  exitCode: Schema.NullOr(Schema.Int),
  /** Whether someone asked the client to end the run. */
  stopRequested: Schema.Boolean,
  /** Current segment: 0, and one more for each rewind. */
  segment: Schema.Int,
  parent: Schema.NullOr(ForkPoint)
}).annotate({ identifier: "Run" })
export interface Run extends Schema.Schema.Type<typeof Run> {}

export const ResumeMode = Schema.Literals(["never", "allow", "must"])
export type ResumeMode = typeof ResumeMode.Type

const NameText = Schema.String.check(Schema.isMaxLength(1024))
const ShortText = Schema.String.check(Schema.isMaxLength(512))
const LongText = Schema.String.check(Schema.isMaxLength(1_048_576))

export const RunCreate = Schema.Struct({
  slug: Schema.optionalKey(Slug),
  /** What to do when the slug is taken: `never` (default) fails, `allow` continues or creates, `must` continues or fails. */
  resume: Schema.optionalKey(ResumeMode),
  name: Schema.optionalKey(NameText),
  config: Schema.optionalKey(JsonDocument),
  tags: Schema.optionalKey(Schema.Array(Tag)),
  group: Schema.optionalKey(Schema.NullOr(ShortText)),
  jobType: Schema.optionalKey(Schema.NullOr(ShortText)),
  notes: Schema.optionalKey(LongText),
  /** `running` (default) or `pending` for a run that waits for its machine. */
  state: Schema.optionalKey(Schema.Literals(["pending", "running"])),
  /** When it started, for runs that are synced or imported later. Default: now. */
  createdAt: Schema.optionalKey(Instant),
  environment: Schema.optionalKey(RunEnvironment),
  /** Fork of another run of the same project: its id or slug and the last step to share. */
  fork: Schema.optionalKey(Schema.Struct({ run: Schema.String, step: Schema.Finite }))
}).annotate({ identifier: "RunCreate" })
export interface RunCreate extends Schema.Schema.Type<typeof RunCreate> {}

export const RunPatch = Schema.Struct({
  name: Schema.optionalKey(NameText),
  notes: Schema.optionalKey(LongText),
  tags: Schema.optionalKey(Schema.Array(Tag)),
  group: Schema.optionalKey(Schema.NullOr(ShortText)),
  jobType: Schema.optionalKey(Schema.NullOr(ShortText)),
  /** Merged into the summary that clients set; `null` removes a key. */
  summary: Schema.optionalKey(JsonDocument),
  environment: Schema.optionalKey(RunEnvironment)
}).annotate({ identifier: "RunPatch" })
export interface RunPatch extends Schema.Schema.Type<typeof RunPatch> {}

/** No run answers to this id or `entity:project:slug`, or the caller may not know of it. */
export class RunNotFound extends Schema.TaggedError<RunNotFound>()("RunNotFound", { run: Schema.String }) {
  override get message() {
    return `Run "${this.run}" does not exist`
  }
}

/** The project already has a run with this slug and the caller did not ask to continue it. */
export class RunSlugTaken extends Schema.TaggedError<RunSlugTaken>()("RunSlugTaken", {
  project: Schema.String,
  slug: Schema.String
}) {
  override get message() {
    return `Run "${this.slug}" already exists in its project; pass resume: "allow" to continue it`
  }
}
