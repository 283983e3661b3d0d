/**
 * Orders matching runs by several keys. Each value becomes a class and a number: numbers, flags and texts (by rank) in this
 * order, the other way round when falling; NaN after them and missing last in both directions. Equal runs go by ordinal, in
 * the direction of the first key. Only the page that is asked for is sorted, the rest is kept out by a heap.
 */

import { type CellValue, type Column, flag, missing, numeric, textual } from "../column/Column.ts"
import type { FieldColumns } from "../column/fieldColumns.ts"
import { runsPerBlock } from "../FieldIndex.ts"
import type { SortKey } from "./parseSort.ts"

const nanClass = 3
const missingClass = 4

interface KeyColumn {
  readonly classes: Uint8Array
  readonly values: Float64Array
}

/** Where a page ended: the sort values of its last run. Undefined is missing. */
export interface SortPlace {
  readonly ordinal: number
  readonly values: ReadonlyArray<CellValue | undefined>
}

const classOf = (kind: number, descending: boolean): number => (descending ? 3 - kind : kind - 1)

const readKey = ({ field, descending }: SortKey, columns: FieldColumns, runs: Int32Array): KeyColumn => {
  const classes = new Uint8Array(runs.length).fill(missingClass)
  const values = new Float64Array(runs.length)
  readColumn(columns(field), runs, descending, descending ? -1 : 1, classes, values)
  return { classes, values }
}

const readColumn = (
  column: Column,
  runs: Int32Array,
  descending: boolean,
  sign: number,
  classes: Uint8Array,
  values: Float64Array
): void => {
  let ranks: Float64Array | null = null
  for (let i = 0; i < runs.length; i++) {
    const ordinal = runs[i]!
    const block = column.blocks[(ordinal / runsPerBlock) | 0]
    if (block === undefined) continue
    const at = ordinal % runsPerBlock
    const kind = block.kinds[at]!
    if (kind === missing) continue
    const value = block.values[at]!
    if (kind === numeric) {
      classes[i] = Number.isNaN(value) ? nanClass : classOf(kind, descending)
      values[i] = Number.isNaN(value) ? 0 : value * sign
    } else if (kind === flag) {
      classes[i] = classOf(kind, descending)
      values[i] = value * sign
    } else {
      ranks ??= column.dictionary.ranks()
      classes[i] = classOf(kind, descending)
      values[i] = ranks[value]! * sign
    }
  }
}

const placeKey = (
  key: SortKey,
  columns: FieldColumns,
  value: CellValue | undefined
): { readonly class: number; readonly value: number } => {
  if (value === undefined) return { class: missingClass, value: 0 }
  const sign = key.descending ? -1 : 1
  if (typeof value === "number") {
    return Number.isNaN(value)
      ? { class: nanClass, value: 0 }
      : { class: classOf(numeric, key.descending), value: value * sign }
  }
  if (typeof value === "boolean") return { class: classOf(flag, key.descending), value: Number(value) * sign }
  return { class: classOf(textual, key.descending), value: columns(key.field).dictionary.rankOf(value) * sign }
}

/** Ordinals of the matching runs. */
export const ordinalsOf = (matches: Uint8Array): Int32Array => {
  let count = 0
  for (let i = 0; i < matches.length; i++) count += matches[i]!
  const runs = new Int32Array(count)
  let at = 0
  for (let i = 0; i < matches.length; i++) if (matches[i] === 1) runs[at++] = i
  return runs
}

/** The first `limit` of the runs in order, after `place` where one is given. */
export const firstInOrder = (
  runs: Int32Array,
  keys: ReadonlyArray<SortKey>,
  columns: FieldColumns,
  limit: number,
  place?: SortPlace
): ReadonlyArray<number> => {
  const read = keys.map((key) => readKey(key, columns, runs))
  const direction = keys[0]?.descending === true ? -1 : 1
  const compare = (a: number, b: number): number => {
    for (const { classes, values } of read) {
      const byClass = classes[a]! - classes[b]!
      if (byClass !== 0) return byClass
      const [x, y] = [values[a]!, values[b]!]
      if (x < y) return -1
      if (x > y) return 1
    }
    return (runs[a]! - runs[b]!) * direction
  }
  const start = place === undefined ? undefined : keys.map((key, index) => placeKey(key, columns, place.values[index]))
  const isAfter = (candidate: number): boolean => {
    if (start === undefined || place === undefined) return true
    for (let index = 0; index < read.length; index++) {
      const { classes, values } = read[index]!
      const key = start[index]!
      if (classes[candidate] !== key.class) return classes[candidate]! > key.class
      if (values[candidate] !== key.value) return values[candidate]! > key.value
    }
    return (runs[candidate]! - place.ordinal) * direction > 0
  }
  const heap = new BoundedHeap(limit, compare)
  for (let candidate = 0; candidate < runs.length; candidate++) if (isAfter(candidate)) heap.offer(candidate)
  return heap.sorted().map((candidate) => runs[candidate]!)
}

/** Keeps the `limit` smallest of what it is offered; the largest of them is at the root. */
class BoundedHeap {
  readonly #limit: number
  readonly #compare: (a: number, b: number) => number
  readonly #heap: Array<number> = []

  constructor(limit: number, compare: (a: number, b: number) => number) {
    this.#limit = limit
    this.#compare = compare
  }

  offer(candidate: number): void {
    if (this.#heap.length < this.#limit) {
      this.#heap.push(candidate)
      this.#rise(this.#heap.length - 1)
    } else if (this.#compare(candidate, this.#heap[0]!) < 0) {
      this.#heap[0] = candidate
      this.#sink()
    }
  }

  sorted(): Array<number> {
    return [...this.#heap].sort(this.#compare)
  }

  #rise(from: number): void {
    const heap = this.#heap
    let at = from
    while (at > 0) {
      const parent = (at - 1) >> 1
      if (this.#compare(heap[at]!, heap[parent]!) <= 0) return
      const swap = heap[at]!
      heap[at] = heap[parent]!
      heap[parent] = swap
      at = parent
    }
  }

  #sink(): void {
    const heap = this.#heap
    let at = 0
    while (true) {
      const left = 2 * at + 1
      if (left >= heap.length) return
      const right = left + 1
      const largest = right < heap.length && this.#compare(heap[right]!, heap[left]!) > 0 ? right : left
      if (this.#compare(heap[largest]!, heap[at]!) <= 0) return
      const swap = heap[at]!
      heap[at] = heap[largest]!
      heap[largest] = swap
      at = largest
    }
  }
}
