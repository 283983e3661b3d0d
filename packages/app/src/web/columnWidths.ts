/** Widths of table columns, remembered per project in this browser; a field that is not shown keeps its width for later. */

const keyOf = (project: string): string => `wanllmdb.widths.${project}`

/** Px by field. */
export const readWidths = (project: string): Readonly<Record<string, number>> => {
  try {
    const stored: unknown = JSON.parse(localStorage.getItem(keyOf(project)) ?? "{}")
    if (typeof stored !== "object" || stored === null) return {}
    return Object.fromEntries(Object.entries(stored).filter(([, px]) => typeof px === "number" && px > 0 && px < 2000))
  } catch {
    return {}
  }
}

export const keepWidths = (project: string, widths: Readonly<Record<string, number>>): void => {
  try {
    localStorage.setItem(keyOf(project), JSON.stringify(widths))
  } catch {
    // A browser that keeps nothing gives every column its own width.
  }
}
