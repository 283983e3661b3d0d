/**
 * Ids are UUIDv7 written as 32 lower-case hex digits: global, opaque, in order of creation, and valid MLflow run ids.
 * Slugs are what people and page addresses use.
 */
import { Clock, Effect, Schema } from "effect"

export const Identifier = Schema.String.check(Schema.isPattern(/^[0-9a-f]{32}$/))
export type Identifier = typeof Identifier.Type

/** Whether a ref is an id and not a slug path. */
export const isIdentifier = (text: string): boolean => /^[0-9a-f]{32}$/.test(text)

/** `[A-Za-z0-9][A-Za-z0-9._-]{0,127}`, unique in its parent. */
export const Slug = Schema.String.check(
  Schema.isPattern(/^[A-Za-z0-9][A-Za-z0-9._-]{0,127}$/, {
    expected: "1 to 128 letters, digits, dots, underscores or hyphens, starting with a letter or digit"
  })
)
export type Slug = typeof Slug.Type

const hex = (byte: number) => byte.toString(16).padStart(2, "0")

/** A new id whose first 48 bits are the clock's milliseconds (RFC 9562, version 7). */
export const newIdentifier: Effect.Effect<Identifier> = Effect.map(Clock.currentTimeMillis, (now) => {
  const bytes = crypto.getRandomValues(new Uint8Array(10))
  bytes[0] = 0x70 | (bytes[0]! & 0x0f)
  bytes[2] = 0x80 | (bytes[2]! & 0x3f)
  return Math.trunc(now).toString(16).padStart(12, "0") + Array.from(bytes, hex).join("")
})

/** First path segments that the server owns; no entity may take one. */
export const reservedSlugs: ReadonlySet<string> = new Set([
  "api",
  "assets",
  "authorize",
  "artifactsv2",
  "files",
  "graphql",
  "health",
  "live",
  "login",
  "metrics",
  "oidc",
  "ready",
  "settings"
])

/** A slug made from free text: lower case, runs of other characters become one hyphen; `fallback` when nothing is left. */
export const slugify = (text: string, fallback: string): string => {
  const slug = text
    .normalize("NFKD")
    .toLowerCase()
    .replace(/[^a-z0-9._]+/g, "-")
    .replace(/^[^a-z0-9]+|-+$/g, "")
    .slice(0, 128)
  return slug === "" ? fallback : slug
}
