/** The opaque cursor of a page: the sort values of its last run and a mark of the query that they belong to. */
import { type InvalidInput, invalidInput } from "../../../store/InvalidInput.ts"
import type { CellValue } from "../column/Column.ts"
import { readNonFinite } from "../filter/filterValue.ts"
import type { SortPlace } from "./sortRuns.ts"

const maxLength = 65_536

/** Texts get a prefix, so that JSON's names of numbers it lacks stay apart from texts that read the same. */
const encodeValue = (value: CellValue | undefined): unknown =>
  value === undefined
    ? null
    : typeof value === "string"
      ? `t${value}`
      : typeof value === "number" && !Number.isFinite(value)
        ? `n${value}`
        : value

const decodeValue = (value: unknown): CellValue | undefined => {
  if (typeof value === "number" || typeof value === "boolean") return value
  if (typeof value !== "string") return undefined
  return value.startsWith("n") ? (readNonFinite(value.slice(1)) ?? undefined) : value.slice(1)
}

const toBase64Url = (text: string): string =>
  btoa(Array.from(new TextEncoder().encode(text), (byte) => String.fromCharCode(byte)).join(""))
    .replaceAll("+", "-")
    .replaceAll("/", "_")
    .replaceAll("=", "")

const fromBase64Url = (text: string): string =>
  new TextDecoder().decode(
    Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (character) => character.charCodeAt(0))
  )

/** A short mark of the sort, so that a cursor of another query is refused and not misread. */
export const queryMark = (text: string): string => {
  let hash = 0x811c9dc5
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193)
  return (hash >>> 0).toString(36)
}

export const encodeCursor = (mark: string, place: SortPlace): string =>
  toBase64Url(JSON.stringify([mark, place.ordinal, ...place.values.map(encodeValue)]))

export const decodeCursor = (mark: string, keys: number, cursor: string): SortPlace | InvalidInput => {
  const unreadable = invalidInput(
    "cursor",
    "must be a cursor that a page of this query gave",
    JSON.stringify(cursor.slice(0, 40))
  )
  if (cursor.length > maxLength) return unreadable
  let parts: unknown
  try {
    parts = JSON.parse(fromBase64Url(cursor))
  } catch {
    return unreadable
  }
  if (!Array.isArray(parts) || parts[0] !== mark || !Number.isSafeInteger(parts[1]) || parts.length !== keys + 2) {
    return unreadable
  }
  return { ordinal: Number(parts[1]), values: parts.slice(2).map(decodeValue) }
}
