/** What a client captured about the machine, the runtime and the code of a run (SCOPE RUN-5). Secrets are masked by the client. */
import { Schema } from "effect"

export const GitState = Schema.Struct({
  commit: Schema.optionalKey(Schema.String),
  branch: Schema.optionalKey(Schema.String),
  remote: Schema.optionalKey(Schema.String),
  /** Files that differ from the commit. */
  dirtyFiles: Schema.optionalKey(Schema.Int),
  /** The uncommitted diff, shortened by the client above 1 MiB. */
  diff: Schema.optionalKey(Schema.String)
}).annotate({ identifier: "GitState" })
export interface GitState extends Schema.Schema.Type<typeof GitState> {}

export const RunEnvironment = Schema.Struct({
  host: Schema.optionalKey(Schema.String),
  user: Schema.optionalKey(Schema.String),
  os: Schema.optionalKey(Schema.String),
  runtime: Schema.optionalKey(Schema.String),
  command: Schema.optionalKey(Schema.String),
  workingDirectory: Schema.optionalKey(Schema.String),
  cpu: Schema.optionalKey(Schema.String),
  cpuCount: Schema.optionalKey(Schema.Int),
  memoryBytes: Schema.optionalKey(Schema.Finite),
  gpus: Schema.optionalKey(Schema.Array(Schema.String)),
  /** Package name to version. */
  packages: Schema.optionalKey(Schema.Record(Schema.String, Schema.String)),
  /** Environment variables, by the client's allow-list only. */
  variables: Schema.optionalKey(Schema.Record(Schema.String, Schema.String)),
  git: Schema.optionalKey(GitState)
}).annotate({ identifier: "RunEnvironment" })
export interface RunEnvironment extends Schema.Schema.Type<typeof RunEnvironment> {}
