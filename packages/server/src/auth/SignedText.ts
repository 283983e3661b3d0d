/** Short JSON values signed with HMAC-SHA256, so that any server with the same secrets can trust them without a look-up. */
import { createHmac, timingSafeEqual } from "node:crypto"

const sign = (secret: string, prefix: string, payload: string) =>
  createHmac("sha256", secret).update(`${prefix}${payload}`).digest("base64url")

/** `prefix` keeps kinds apart: a session cookie never passes as an embed token. */
export const signText = (secrets: ReadonlyArray<string>, prefix: string, value: unknown): string => {
  const payload = Buffer.from(JSON.stringify(value)).toString("base64url")
  return `${prefix}${payload}.${sign(secrets[0]!, prefix, payload)}`
}

/** The value, or null when the text was not signed by one of the secrets. */
export const openText = (secrets: ReadonlyArray<string>, prefix: string, text: string): unknown => {
  const dot = text.lastIndexOf(".")
  if (!text.startsWith(prefix) || dot < 0) return null
  const payload = text.slice(prefix.length, dot)
  const given = Buffer.from(text.slice(dot + 1), "base64url")
  for (const secret of secrets) {
    const expected = Buffer.from(sign(secret, prefix, payload), "base64url")
    if (given.length === expected.length && timingSafeEqual(given, expected)) {
      try {
        return JSON.parse(Buffer.from(payload, "base64url").toString("utf8"))
      } catch {
        return null
      }
    }
  }
  return null
}
