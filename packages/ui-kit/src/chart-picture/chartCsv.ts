/** The points that a chart has, as a table for other programs: one row a point, as logged and not smoothed. */
import type { ChartState } from "../line-chart/ChartState.ts"
import { xName } from "../line-chart/describe.ts"

/** A text that begins like a formula gets an apostrophe: spreadsheets run such cells. */
const quoted = (text: string): string => {
  const safe = /^\s*[=+\-@]/.test(text) ? `'${text}` : text
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}

/** `line,<x>,value,min,max`; minimum and maximum are of the points that a row stands for. */
export const chartCsv = (state: ChartState): string => {
  const rows = [`line,${quoted(xName(state))},value,min,max`]
  for (const { id, label } of state.lines) {
    const series = state.hidden.has(id) ? undefined : state.series.get(id)
    if (series === undefined) continue
    const name = quoted(label)
    for (let at = 0; at < series.length; at++) {
      const y = series.y[at]!
      rows.push(`${name},${series.x[at]},${y},${series.low?.[at] ?? y},${series.high?.[at] ?? y}`)
    }
  }
  return `${rows.join("\r\n")}\r\n`
}
