/**
 * JSON as Python and Go write it: `NaN`, `Infinity` and `-Infinity` may stand bare. Sound JSON takes the engine's own parser
 * alone; only a text that it refuses is read a second time.
 */

/** Stands for NaN between the two steps; no client can send it as a key or text that begins so by chance. */
const nanMark = "\u0000wanllmdb NaN\u0000"
const nanText = JSON.stringify(nanMark)

/** Parses one JSON text; a `SyntaxError` names what is wrong with it. */
export const parseExtendedJson = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch (error) {
    const strict = toStrictJson(text)
    if (strict === null) throw error
    return reviveNaN(JSON.parse(strict))
  }
}

const interesting = /["NI]/g

/** The text with its bare names replaced, or null when it has none. */
const toStrictJson = (text: string): string | null => {
  let strict = ""
  let copied = 0
  interesting.lastIndex = 0
  for (let match = interesting.exec(text); match !== null; match = interesting.exec(text)) {
    const at = match.index
    if (match[0] === '"') {
      interesting.lastIndex = endOfString(text, at)
    } else if (text.startsWith("NaN", at)) {
      strict += text.slice(copied, at) + nanText
      copied = at + 3
      interesting.lastIndex = copied
    } else if (text.startsWith("Infinity", at)) {
      // Beyond the range of a double, so it reads as infinity; a minus sign before it stays.
      strict += `${text.slice(copied, at)}1e999`
      copied = at + 8
      interesting.lastIndex = copied
    }
  }
  return copied === 0 ? null : strict + text.slice(copied)
}

/** Position after the closing quote of the string that opens at `start`; the text's end when nothing closes it. */
const endOfString = (text: string, start: number): number => {
  for (let quote = text.indexOf('"', start + 1); quote >= 0; quote = text.indexOf('"', quote + 1)) {
    let backslashes = 0
    while (text.charCodeAt(quote - 1 - backslashes) === 92) backslashes++
    if (backslashes % 2 === 0) return quote + 1
  }
  return text.length
}

/** Nothing that nests deeper is kept anywhere; walking it would overflow the stack. */
const maxLevels = 1_000

const reviveNaN = (value: unknown, levels: number = maxLevels): unknown => {
  if (value === nanMark) return Number.NaN
  if (typeof value !== "object" || value === null) return value
  if (levels === 0) throw new SyntaxError(`JSON must nest at most ${maxLevels} levels`)
  if (Array.isArray(value)) {
    for (let i = 0; i < value.length; i++) value[i] = reviveNaN(value[i], levels - 1)
    return value
  }
  const object = value as Record<string, unknown>
  for (const key of Object.keys(object)) {
    const entry = object[key]
    if (entry === nanMark || typeof entry === "object") {
      // Defined and not assigned: a key named `__proto__` must stay a key.
      Object.defineProperty(object, key, {
        value: reviveNaN(entry, levels - 1),
        enumerable: true,
        writable: true,
        configurable: true
      })
    }
  }
  return object
}

/** Writes JSON the way the client reads it: non-finite numbers bare. Everything else as `JSON.stringify`. */
export const printExtendedJson = (value: unknown): string => {
  if (typeof value === "number" && !Number.isFinite(value)) {
    return Number.isNaN(value) ? "NaN" : value > 0 ? "Infinity" : "-Infinity"
  }
  if (typeof value !== "object" || value === null) return JSON.stringify(value) ?? "null"
  if (Array.isArray(value)) return `[${value.map(printExtendedJson).join(",")}]`
  const entries = Object.entries(value).filter(([, entry]) => entry !== undefined)
  return `{${entries.map(([key, entry]) => `${JSON.stringify(key)}:${printExtendedJson(entry)}`).join(",")}}`
}
