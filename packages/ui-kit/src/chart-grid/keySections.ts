/** Metric keys as sections of charts: what stands before the first slash names the section. */

export interface GridChart {
  readonly title: string
  readonly keys: ReadonlyArray<string>
  /** Values are shown divided by this. */
  readonly divisor?: number | undefined
  /** What the y-axis spans at least. */
  readonly atLeast?: { readonly from: number; readonly to: number } | undefined
}

export interface GridSection {
  readonly name: string
  readonly charts: ReadonlyArray<GridChart>
}

/** Name of the section of keys without a slash. */
export const plainSection = "metrics"

const first = [plainSection, "train", "val", "valid", "validation", "eval", "test"]

const rank = (name: string): number => {
  if (name === "system") return 1000
  const at = first.indexOf(name)
  return at < 0 ? first.length : at
}

export const byName = new Intl.Collator("en", { numeric: true }).compare

/** One chart a key; sections of training first, of the machine last, the others by name. */
export const keySections = (keys: ReadonlyArray<string>): ReadonlyArray<GridSection> => {
  const sections = new Map<string, Array<GridChart>>()
  for (const key of [...keys].sort(byName)) {
    const slash = key.indexOf("/")
    const name = slash > 0 ? key.slice(0, slash) : plainSection
    const charts = sections.get(name) ?? []
    charts.push({ title: key, keys: [key] })
    sections.set(name, charts)
  }
  return [...sections]
    .map(([name, charts]) => ({ name, charts }))
    .sort((a, b) => rank(a.name) - rank(b.name) || byName(a.name, b.name))
}

/** Charts whose title a regular expression finds; text that is no valid one is looked for as it stands. */
export const filterSections = (sections: ReadonlyArray<GridSection>, filter: string): ReadonlyArray<GridSection> => {
  if (filter.trim() === "") return sections
  let matches: (title: string) => boolean
  try {
    const pattern = new RegExp(filter.trim(), "i")
    matches = (title) => pattern.test(title)
  } catch {
    const plain = filter.trim().toLowerCase()
    matches = (title) => title.toLowerCase().includes(plain)
  }
  return sections.flatMap(({ name, charts }) => {
    const kept = charts.filter(({ title }) => matches(title))
    return kept.length === 0 ? [] : [{ name, charts: kept }]
  })
}
