/** How deep a JSON record may nest. What reads it back (worker messages, `JSON.stringify`) walks it by recursion and would overflow. */

const maxRecordDepth = 100

export const recordDepthRule = `a record nests at most ${maxRecordDepth} levels`

/** Whether objects and arrays lie in one another more than the rule allows; looks no deeper than that. */
export const isTooDeep = (value: unknown, levels: number = maxRecordDepth): boolean => {
  if (typeof value !== "object" || value === null) return false
  if (levels === 0) return true
  for (const entry of Array.isArray(value) ? value : Object.values(value)) if (isTooDeep(entry, levels - 1)) return true
  return false
}
