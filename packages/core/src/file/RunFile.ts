/** A file that a run saved beside its metrics: code, checkpoints, plots. Its path is the user's, its bytes are a blob. */
import { Schema } from "effect"
import { RunId } from "../run/Run.ts"
import { Instant } from "../time/Instant.ts"

export const RunFile = Schema.Struct({
  run: RunId,
  /** Relative, `/`-separated, as `checkFilePath` accepts it. */
  path: Schema.String,
  sizeBytes: Schema.Finite,
  /** Lower-case hex. */
  sha256: Schema.String,
  contentType: Schema.String,
  updatedAt: Instant
}).annotate({ identifier: "RunFile" })
export interface RunFile extends Schema.Schema.Type<typeof RunFile> {}

export class RunFileNotFound extends Schema.TaggedError<RunFileNotFound>()("RunFileNotFound", {
  run: Schema.String,
  path: Schema.String
}) {
  override get message() {
    return `Run "${this.run}" has no file "${this.path}"`
  }
}
