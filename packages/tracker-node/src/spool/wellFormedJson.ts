/**
 * JSON without half surrogate pairs: they have no UTF-8, and a server refuses the whole batch that holds one. In what
 * `JSON.stringify` writes they stand as escapes, and nothing else is escaped as `\\ud…`.
 */

export const wellFormedJson = (value: unknown): string => {
  const json = JSON.stringify(value)
  return json.includes("\\ud")
    ? json.replace(/\\(?:ud[89a-f][0-9a-f]{2}|.)/g, (escape) => (escape.startsWith("\\ud") ? "\ufffd" : escape))
    : json
}
