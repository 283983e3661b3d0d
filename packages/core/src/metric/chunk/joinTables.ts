/** Cell tables of neighbouring chunks as one, the first step towards a page of tiles. */
import type { CellTable } from "./CellTable.ts"

type CellColumn = Exclude<keyof CellTable, "level" | "length">

/** Tables of one level, at least one, in order of step. A cell that two of them share stands in it twice, side by side. */
export const joinTables = (tables: ReadonlyArray<CellTable>): CellTable => {
  const length = tables.reduce((sum, table) => sum + table.length, 0)
  const column = (name: CellColumn): Float64Array => {
    const out = new Float64Array(length)
    let at = 0
    for (const table of tables) {
      const values = table[name]
      if (values !== null) out.set(values, at)
      at += table.length
    }
    return out
  }
  const counted = tables.some(({ nan }) => nan !== null)
  return {
    level: tables[0]!.level,
    length,
    cell: column("cell"),
    points: column("points"),
    firstStep: column("firstStep"),
    lastStep: column("lastStep"),
    min: column("min"),
    max: column("max"),
    sum: column("sum"),
    first: column("first"),
    last: column("last"),
    nan: counted ? column("nan") : null,
    posInf: counted ? column("posInf") : null,
    negInf: counted ? column("negInf") : null
  }
}
