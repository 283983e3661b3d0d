/** The column of a field, for one query. A field over several columns gets one of its own, so that texts share one order. */
import { runsPerBlock } from "../FieldIndex.ts"
import type { Field } from "../filter/Field.ts"
import { Column, emptyBlock, missing, textual } from "./Column.ts"

export type FieldColumns = (field: Field) => Column

/** The first value that one of the columns has, run by run. */
const firstOf = (columns: ReadonlyArray<Column>): Column => {
  const merged = new Column()
  for (const column of columns) {
    const codes = column.dictionary.texts.map((text) => merged.dictionary.code(text))
    column.blocks.forEach((block, index) => {
      if (block === undefined) return
      const into = merged.blocks[index] ?? emptyBlock()
      merged.blocks[index] = into
      for (let at = 0; at < runsPerBlock; at++) {
        const kind = block.kinds[at]!
        if (kind === missing || into.kinds[at] !== missing) continue
        into.kinds[at] = kind
        into.values[at] = kind === textual ? codes[block.values[at]!]! : block.values[at]!
      }
    })
  }
  return merged
}

export const fieldColumns = (column: (name: string) => Column): FieldColumns => {
  const merged = new Map<string, Column>()
  return (field) => {
    const [first, ...others] = field.columns
    if (first === undefined) return new Column()
    if (others.length === 0) return column(first)
    const present = merged.get(first) ?? firstOf(field.columns.map(column))
    merged.set(first, present)
    return present
  }
}
