/**
 * Collects logged rows and writes them as one frame. Rows stay in order of arrival; a key that some rows lack becomes a sparse
 * column, and a new section starts only where sparse columns would cost more than they save.
 */
import type { Histogram, Json, SeriesKind } from "../MetricQuery.ts"
import { type ColumnInput, encodeFrame, type SectionInput } from "./encodeFrame.ts"

/** Values of a row that are not numbers, by key. */
export interface RowExtras {
  readonly texts?: Readonly<Record<string, string>> | undefined
  readonly histograms?: Readonly<Record<string, Histogram>> | undefined
  readonly records?: Readonly<Record<string, Json>> | undefined
}

interface NumberColumn {
  readonly key: string
  values: Float64Array
  count: number
  /** Row of each value; kept from the first row on that the key misses. */
  rows: Array<number> | null
}

interface OtherColumn {
  readonly key: string
  readonly kind: Exclude<SeriesKind, "number">
  readonly values: Array<string | Histogram | Json>
  readonly rows: Array<number>
}

const firstCapacity = 16

export class FrameBuilder {
  #sealed: Array<SectionInput> = []
  #steps: Float64Array = new Float64Array(firstCapacity)
  #times: Float64Array = new Float64Array(firstCapacity)
  #rows = 0
  #sectionPoints = 0
  #points = 0
  #totalRows = 0
  #columns: Array<NumberColumn> = []
  #byKey = new Map<string, NumberColumn>()
  #others = new Map<string, OtherColumn>()
  /** Handed to `encodeFrame` again while the keys stay the same, so that names are encoded once. */
  #keys: ReadonlyArray<string> = []

  /** Values collected since the last `take`. */
  get points(): number {
    return this.#points
  }

  get rows(): number {
    return this.#totalRows
  }

  /**
   * Adds one row. The caller has checked names (`keyNameFault`), a finite step of at most 2^53 and a finite time in Unix
   * milliseconds; values may be any number, NaN and infinities too.
   */
  add(step: number, timeMs: number, values: Readonly<Record<string, number>>, extras?: RowExtras): void {
    if (this.#rows > 0 && this.#startsSection(values, extras)) this.#seal(false)
    const row = this.#rows
    if (row === this.#steps.length) {
      this.#steps = grown(this.#steps)
      this.#times = grown(this.#times)
    }
    this.#steps[row] = step
    this.#times[row] = timeMs
    const columns = this.#columns
    let position = 0
    let added = 0
    for (const key in values) {
      // Rows nearly always have the keys of the row before in the same order, which saves the look-up.
      let column = columns[position]
      if (column === undefined || column.key !== key) column = this.#byKey.get(key) ?? this.#open(key)
      position++
      if (column.rows !== null) column.rows.push(row)
      else if (column.count !== row) column.rows = rowsSoFar(column.count, row)
      if (column.count === column.values.length) column.values = grown(column.values)
      column.values[column.count++] = values[key]!
      added++
    }
    if (extras !== undefined) added += this.#addExtras(row, extras)
    this.#rows++
    this.#totalRows++
    this.#sectionPoints += added
    this.#points += added
  }

  /** The frame of everything added since the last call; the builder is empty after it. */
  take(): Uint8Array {
    return encodeFrame(this.takeSections())
  }

  /** As `take`, before encoding. Steps, times and number columns are views of buffers that the next `add` writes to. */
  takeSections(): ReadonlyArray<SectionInput> {
    this.#seal(true)
    const sections = this.#sealed
    this.#sealed = []
    this.#points = 0
    this.#totalRows = 0
    return sections
  }

  #startsSection(values: Readonly<Record<string, number>>, extras: RowExtras | undefined): boolean {
    let position = 0
    let fresh = 0
    let total = 0
    for (const key in values) {
      const column = this.#columns[position++]
      total++
      if (column !== undefined && column.key === key) continue
      if (!this.#byKey.has(key)) fresh++
      if (this.#others.has(key)) return true
    }
    if (extras !== undefined) {
      for (const [kind, entries] of extraEntries(extras)) {
        for (const key in entries) {
          total++
          if (this.#byKey.has(key)) return true
          const other = this.#others.get(key)
          if (other === undefined) fresh++
          else if (other.kind !== kind) return true
        }
      }
    }
    if (fresh === 0 && total === this.#byKey.size + this.#others.size) return false
    if (this.#rows >= 65_536) return true
    const keys = this.#byKey.size + this.#others.size + fresh
    // A bitmap bit for each (row, key) must stay small beside the 64 bits of each point.
    return keys * (this.#rows + 1) > 32 * (this.#sectionPoints + total) + 65_536
  }

  #addExtras(row: number, extras: RowExtras): number {
    let added = 0
    for (const [kind, entries] of extraEntries(extras)) {
      for (const key in entries) {
        let column = this.#others.get(key)
        if (column === undefined) {
          column = { key, kind, values: [], rows: [] }
          this.#others.set(key, column)
        }
        column.values.push(entries[key]!)
        column.rows.push(row)
        added++
      }
    }
    return added
  }

  #open(key: string): NumberColumn {
    const column: NumberColumn = { key, values: new Float64Array(firstCapacity), count: 0, rows: null }
    this.#columns.push(column)
    this.#byKey.set(key, column)
    return column
  }

  #seal(leaves: boolean): void {
    const rows = this.#rows
    if (rows === 0) return
    const numbers = this.#columns.filter((column) => column.count > 0)
    const others = [...this.#others.values()]
    const keys = [...numbers, ...others].map((column) => column.key)
    if (keys.length > 0) {
      if (!sameKeys(keys, this.#keys)) this.#keys = keys
      this.#sealed.push({
        keys: this.#keys,
        steps: this.#steps.subarray(0, rows),
        times: this.#times.subarray(0, rows),
        columns: [...numbers.map((column) => numberInput(column, rows)), ...others.map(otherInput)]
      })
    }
    this.#reset(leaves)
  }

  /**
   * Columns of the sealed section are kept for the next, which most likely has the same keys. Their buffers too when the
   * sealed section leaves the builder now; a section that waits keeps its own.
   */
  #reset(leaves: boolean): void {
    this.#rows = 0
    this.#sectionPoints = 0
    if (!leaves) {
      this.#steps = new Float64Array(this.#steps.length)
      this.#times = new Float64Array(this.#times.length)
    }
    const kept = this.#columns.filter((column) => column.count > 0)
    if (this.#others.size > 0 || kept.length < this.#columns.length) {
      this.#others.clear()
      this.#columns = kept
      this.#byKey = new Map(kept.map((column) => [column.key, column]))
    }
    for (const column of kept) {
      if (!leaves) column.values = new Float64Array(column.values.length)
      column.count = 0
      column.rows = null
    }
  }
}

const grown = (values: Float64Array): Float64Array => {
  const next = new Float64Array(values.length * 2)
  next.set(values)
  return next
}

/** Rows of a column that was dense until it missed one: `0 … count - 1`, then `row`. */
const rowsSoFar = (count: number, row: number): Array<number> => {
  const rows = Array.from({ length: count }, (_, i) => i)
  rows.push(row)
  return rows
}

const sameKeys = (a: ReadonlyArray<string>, b: ReadonlyArray<string>): boolean =>
  a.length === b.length && a.every((key, i) => key === b[i])

const extraEntries = (
  extras: RowExtras
): ReadonlyArray<readonly [OtherColumn["kind"], Readonly<Record<string, string | Histogram | Json>>]> => [
  ["text", extras.texts ?? {}],
  ["histogram", extras.histograms ?? {}],
  ["record", extras.records ?? {}]
]

const numberInput = (column: NumberColumn, rows: number): ColumnInput => {
  const { values, count } = column
  if (count === rows) return { kind: "number", values, count }
  return { kind: "number", values, count, rows: Uint32Array.from(column.rows ?? rowsUpTo(column.count)) }
}

const rowsUpTo = (count: number): ReadonlyArray<number> => Array.from({ length: count }, (_, i) => i)

const otherInput = (column: OtherColumn): ColumnInput => {
  const rows = Uint32Array.from(column.rows)
  switch (column.kind) {
    case "text":
      return { kind: "text", values: column.values as Array<string>, rows }
    case "histogram":
      return { kind: "histogram", values: column.values as Array<Histogram>, rows }
    case "record":
      return { kind: "record", values: column.values as Array<Json>, rows }
  }
}
