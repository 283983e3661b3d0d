/** An API key as it is listed. The key itself is shown once, when it is made; only its hash is stored. */
import { Schema } from "effect"
import { Identifier } from "../store/Identifier.ts"
import { Instant } from "../time/Instant.ts"
import { Role } from "./Principal.ts"

export const ApiKey = Schema.Struct({
  id: Identifier,
  name: Schema.String,
  user: Schema.String,
  role: Role,
  /** Ids of projects; null means all. */
  projects: Schema.NullOr(Schema.Array(Schema.String)),
  impersonate: Schema.Boolean,
  createdAt: Instant,
  expiresAt: Schema.NullOr(Instant),
  lastUsedAt: Schema.NullOr(Instant)
}).annotate({ identifier: "ApiKey" })
export interface ApiKey extends Schema.Schema.Type<typeof ApiKey> {}

export const ApiKeyCreate = Schema.Struct({
  name: Schema.optionalKey(Schema.String.check(Schema.isMaxLength(256))),
  user: Schema.optionalKey(Schema.String.check(Schema.isBetweenLength(1, 256))),
  /** Default `member`. */
  role: Schema.optionalKey(Role),
  projects: Schema.optionalKey(Schema.NullOr(Schema.Array(Schema.String))),
  impersonate: Schema.optionalKey(Schema.Boolean),
  expiresAt: Schema.optionalKey(Schema.NullOr(Instant))
}).annotate({ identifier: "ApiKeyCreate" })
export interface ApiKeyCreate extends Schema.Schema.Type<typeof ApiKeyCreate> {}

export class ApiKeyNotFound extends Schema.TaggedError<ApiKeyNotFound>()("ApiKeyNotFound", { id: Schema.String }) {
  override get message() {
    return `Key "${this.id}" does not exist`
  }
}
