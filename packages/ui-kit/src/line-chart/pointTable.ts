/** The visible points of a chart as a table: the same data for those who cannot, or would rather not, read lines. */
import { html, type TemplateResult } from "lit"
import { formatNumber } from "../format/formatNumber.ts"
import { windowOf } from "../series/search.ts"
import type { ChartState } from "./ChartState.ts"
import { formatX, xName } from "./describe.ts"

const mostRows = 200
const mostLines = 20

/** Rows of every visible line's own points, joined by x; long ones evenly thinned to 200 rows. */
export const tableRows = (state: ChartState): { readonly x: ReadonlyArray<number>; readonly total: number } => {
  const positions = new Set<number>()
  for (const line of state.lines.slice(0, mostLines)) {
    const series = state.hidden.has(line.id) ? undefined : state.series.get(line.id)
    if (series === undefined) continue
    const { from, to } = state.view.x
    const [start, end] = windowOf(series.x, from, to)
    for (const x of series.x.subarray(start, end)) if (x >= from && x <= to) positions.add(x)
  }
  const all = [...positions].sort((a, b) => a - b)
  if (all.length <= mostRows) return { x: all, total: all.length }
  const per = (all.length - 1) / (mostRows - 1)
  return { x: Array.from({ length: mostRows }, (_, row) => all[Math.round(row * per)]!), total: all.length }
}

export const pointTable = (state: ChartState, title: string): TemplateResult => {
  const lines = state.lines.filter((line) => !state.hidden.has(line.id)).slice(0, mostLines)
  const rows = tableRows(state)
  const cell = (id: string, x: number) => {
    const series = state.series.get(id)
    const at = series === undefined ? -1 : series.x.indexOf(x)
    return at < 0 ? "" : formatNumber(series!.y[at]! / state.options.divisor)
  }
  const note =
    rows.total > rows.x.length ? `${rows.x.length} of ${rows.total} points, evenly chosen` : `${rows.total} points`
  return html`
    <table>
      <caption>${title}: ${note}</caption>
      <thead>
        <tr><th scope="col">${xName(state)}</th>${lines.map((line) => html`<th scope="col">${line.label}</th>`)}</tr>
      </thead>
      <tbody>
        ${rows.x.map(
          (x) =>
            html`<tr><th scope="row">${formatX(state, x)}</th>${lines.map((line) => html`<td>${cell(line.id, x)}</td>`)}</tr>`
        )}
      </tbody>
    </table>
  `
}
