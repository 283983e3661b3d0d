/** Who asks, and what they may do. The host's own functions decide; the engine only carries the answers. */
import { Schema } from "effect"

export const Role = Schema.Literals(["admin", "member", "viewer", "ingest"])
export type Role = typeof Role.Type

/** Everything that can be asked for, a closed list. */
export const Action = Schema.Literals([
  "project.read",
  "project.create",
  "project.update",
  "project.delete",
  "run.read",
  "run.create",
  "run.update",
  "run.delete",
  "run.log",
  "file.read",
  "file.write",
  "file.delete",
  "key.manage",
  "server.inspect"
])
export type Action = typeof Action.Type

/** What it is asked of, a closed list. */
export type Resource =
  | { readonly kind: "server" }
  | { readonly kind: "entity"; readonly entity: string }
  | {
      readonly kind: "project"
      readonly entity: string
      readonly project: string
      readonly visibility: "private" | "public"
    }
  | { readonly kind: "run"; readonly entity: string; readonly project: string; readonly run: string }

/** Which rows a principal may see in lists and live queries. Ids of projects, slugs of entities. */
export type Scope = "all" | { readonly entities?: ReadonlyArray<string>; readonly projects?: ReadonlyArray<string> }

export const Principal = Schema.Struct({
  /** Stable id of the user or service. */
  id: Schema.String,
  /** What runs show as their user. */
  name: Schema.String,
  role: Role,
  /** How they signed in; cookies bring the stricter origin rule. */
  via: Schema.Literals(["host", "key", "token", "local", "cookie", "ticket"]),
  /** May act for another user. */
  impersonate: Schema.optionalKey(Schema.Boolean),
  /** Where the key or token reaches no further than these projects (ids). */
  projects: Schema.optionalKey(Schema.Array(Schema.String)),
  /** Where the token allows no more than these actions. */
  actions: Schema.optionalKey(Schema.Array(Action))
}).annotate({ identifier: "Principal" })
export interface Principal extends Schema.Schema.Type<typeof Principal> {}

/** The caller is known but may not do this. */
export class Forbidden extends Schema.TaggedError<Forbidden>()("Forbidden", { action: Action, reason: Schema.String }) {
  override get message() {
    return this.reason
  }
}
