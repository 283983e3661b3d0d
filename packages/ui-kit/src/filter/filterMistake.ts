/** Reads a filter as the server will, while it is typed. The reader is loaded with the first filter, not with the page. */

export interface FilterMistake {
  /** Where, from 0. */
  readonly position: number
  readonly message: string
}

/** What is wrong with a filter text; null when the server will take it. */
export const filterMistake = async (text: string): Promise<FilterMistake | null> => {
  if (text.trim() === "") return null
  const { FilterFault, readFilter } = await import("@wanllmdb/core/filter")
  const read = readFilter(text, { checksPatterns: true })
  return read instanceof FilterFault ? { position: read.at, message: read.rule } : null
}
