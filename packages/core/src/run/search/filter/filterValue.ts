/** Values of filters as typed by people and as compared by the engine: moments and durations next to plain JSON. */
const numberForm = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i
const dateForm = /^\d{4}-\d\d-\d\d([T ]\d\d:\d\d(:\d\d(\.\d{1,9})?)?(Z|[+-]\d\d:?\d\d)?)?$/
const durationForm = /^(\d+\.?\d*|\.\d+)(ms|s|m|h|d)?$/
const secondsPer: Readonly<Record<string, number>> = { ms: 0.001, s: 1, m: 60, h: 3600, d: 86_400 }

/** A bare word of the text syntax: number, boolean or string. */
export const readBareValue = (text: string): string | number | boolean => {
  if (text === "true") return true
  if (text === "false") return false
  if (numberForm.test(text)) {
    const value = Number(text)
    if (Number.isFinite(value)) return value
  }
  return text
}

/** Unix milliseconds of an ISO date (a bare date is its midnight UTC) or of a number of them; null when it is neither. */
export const readMoment = (value: unknown): number | null => {
  if (typeof value === "number") return value
  if (typeof value !== "string" || !dateForm.test(value)) return null
  const spaced = value.replace(" ", "T")
  // Times without a zone are UTC, so that a filter means the same on every server.
  const zoned = spaced.length > 10 && !/(Z|[+-]\d\d:?\d\d)$/.test(spaced) ? `${spaced}Z` : spaced
  const moment = Date.parse(zoned)
  return Number.isNaN(moment) ? null : moment
}

/** Seconds of a number or of a text such as `90`, `1.5h`, `20m`; null when it is neither. */
export const readSeconds = (value: unknown): number | null => {
  if (typeof value === "number") return value
  const parts = typeof value === "string" ? durationForm.exec(value) : null
  return parts === null ? null : Number(parts[1]) * secondsPer[parts[2] ?? "s"]!
}

/** JSON's names of the numbers it lacks. */
export const readNonFinite = (text: string): number | null =>
  text === "NaN"
    ? Number.NaN
    : text === "Infinity"
      ? Number.POSITIVE_INFINITY
      : text === "-Infinity"
        ? Number.NEGATIVE_INFINITY
        : null
