/**
 * Selects that are asked all the time, compiled once per number of values: building and compiling a query of fifty runs takes
 * longer than running it.
 */
import type { Compilable, CompiledQuery, Kysely } from "kysely"
import type { Tables } from "./Tables.ts"

/** More texts than this are hardly all in use. */
const textsLimit = 1_200

export type Statement<Value, Row> = (db: Kysely<Tables>, values: ReadonlyArray<Value>) => Promise<ReadonlyArray<Row>>

/** `build` must bind the values in their order and nothing else. One statement belongs to one database. */
export const statement = <Value, Row>(
  build: (db: Kysely<Tables>, values: ReadonlyArray<Value>) => Compilable<Row>
): Statement<Value, Row> => {
  const known = new Map<number, CompiledQuery<Row>>()
  return async (db, values) => {
    let compiled = known.get(values.length)
    if (compiled === undefined) {
      compiled = build(db, values).compile()
      if (known.size >= textsLimit) known.clear()
      known.set(values.length, compiled)
    }
    const { rows } = await db.executeQuery<Row>({ ...compiled, parameters: values })
    return rows
  }
}
