/** A run table over the host's own columns, from nothing to its first painted rows. */
const columnCount = 16

export const mountTable = async (host: HTMLElement, rows: number): Promise<number> => {
  const ids = Array.from({ length: rows }, (_, row) => `run-${row}`)
  const fields = Array.from({ length: columnCount }, (_, column) => `summary.m${column}`)
  const columns = Object.fromEntries(
    fields.map((field, column) => [
      field,
      Float64Array.from({ length: rows }, (_, row) => ((row * 7919 + column) % 10_007) / 10_007)
    ])
  )
  host.style.cssText = "display: block"
  const start = performance.now()
  const table = document.createElement("wl-run-table")
  table.style.cssText = "display: block; width: 1380px; height: 800px"
  table.data = { ids, columns }
  table.columns = fields
  host.replaceChildren(table)
  await table.updateComplete
  // The table measures itself, then draws its rows: wait for the first of them.
  while (table.renderRoot.querySelector("[part~=row]") === null)
    await new Promise((done) => requestAnimationFrame(done))
  const took = performance.now() - start
  host.replaceChildren()
  host.style.cssText = ""
  return took
}
