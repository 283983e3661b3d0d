/** Ids as GraphQL clients expect them: opaque texts that say of which kind they are. */

export const globalId = (kind: string, id: string): string => Buffer.from(`${kind}:${id}`).toString("base64")

/** The id inside, or null where the text is not one of this kind. */
export const fromGlobalId = (kind: string, text: string): string | null => {
  const decoded = Buffer.from(text, "base64").toString("utf8")
  return decoded.startsWith(`${kind}:`) ? decoded.slice(kind.length + 1) : null
}
