/**
 * Orders matching runs by several keys. Each value becomes a class and a number: numbers, flags and texts (by rank) in this
 * order, the other way round when falling; NaN after them and missing last in both directions. Equal runs go by ordinal, in
 * the direction of the first key. Only the page that is asked for is sorted, the rest is kept out by a heap.
 */

import { type CellValue, type Column, emptyBlock, flag, missing, numeric, textual } from "../column/Column.ts"
import type { FieldColumns } from "../column/fieldColumns.ts"
import { runsPerBlock } from "../FieldIndex.ts"
import type { SortKey } from "./parseSort.ts"

const nanClass = 3
const missingClass = 4

/** Where a page ended: the sort values of its last run. Undefined is missing. */
export interface SortPlace {
  readonly ordinal: number
  readonly values: ReadonlyArray<CellValue | undefined>
}

const classOf = (kind: number, descending: boolean): number => (descending ? 3 - kind : kind - 1)

/** One key of the sort over the column of its field. */
class KeyReader {
  readonly #column: Column
  readonly #descending: boolean
  readonly #sign: number

  constructor({ field, descending }: SortKey, columns: FieldColumns) {
    this.#column = columns(field)
    this.#descending = descending
    this.#sign = descending ? -1 : 1
  }

  classAt(ordinal: number): number {
    const block = this.#column.blocks[(ordinal / runsPerBlock) | 0]
    const kind = block?.kinds[ordinal % runsPerBlock]
    if (block === undefined || kind === undefined || kind === missing) return missingClass
    if (kind === numeric && Number.isNaN(block.values[ordinal % runsPerBlock])) return nanClass
    return classOf(kind, this.#descending)
  }

  /** Within its class; falling keys are negated. */
  valueAt(ordinal: number): number {
    const block = this.#column.blocks[(ordinal / runsPerBlock) | 0]
    const at = ordinal % runsPerBlock
    if (block === undefined || block.kinds[at] === missing) return 0
    const value = block.values[at]!
    if (block.kinds[at] === textual) return this.#column.dictionary.ranks()[value]! * this.#sign
    return Number.isNaN(value) ? 0 : value * this.#sign
  }

  classOfValue(value: CellValue | undefined): number {
    if (value === undefined) return missingClass
    if (typeof value === "number") return Number.isNaN(value) ? nanClass : classOf(numeric, this.#descending)
    return classOf(typeof value === "boolean" ? flag : textual, this.#descending)
  }

  valueOfValue(value: CellValue | undefined): number {
    if (typeof value === "string") return this.#column.dictionary.rankOf(value) * this.#sign
    return value === undefined || Number.isNaN(value) ? 0 : Number(value) * this.#sign
  }

  /**
   * Calls `visit` for the matching runs that may come before `bound`. Most runs of a large project are turned away here, by
   * one comparison in the loop over the block.
   */
  scan(matches: Uint8Array, bound: { value: number }, visit: (ordinal: number) => void): void {
    const sign = this.#sign
    for (let from = 0, index = 0; from < matches.length; from += runsPerBlock, index++) {
      const block = this.#column.blocks[index] ?? nothing
      const { kinds, values } = block
      const length = Math.min(runsPerBlock, matches.length - from)
      for (let i = 0; i < length; i++) {
        // Without a branch for each part: matches of a filter are hard to predict, the outcome of both is not.
        const beyond = Number(kinds[i] === numeric) & Number(values[i]! * sign > bound.value)
        if ((matches[from + i]! & ~beyond) !== 0) visit(from + i)
      }
    }
  }
}

const nothing = emptyBlock()

/** How many runs match. */
export const countMatches = (matches: Uint8Array): number => {
  let count = 0
  for (let i = 0; i < matches.length; i++) count += matches[i]!
  return count
}

/** The first `limit` of the matching runs in order, after `place` where one is given. */
export const firstInOrder = (
  matches: Uint8Array,
  keys: ReadonlyArray<SortKey>,
  columns: FieldColumns,
  limit: number,
  place?: SortPlace
): ReadonlyArray<number> => {
  const readers = keys.map((key) => new KeyReader(key, columns))
  const [leading] = readers
  if (leading === undefined) return []
  const direction = keys[0]?.descending === true ? -1 : 1
  const compare = (a: number, b: number): number => {
    for (const reader of readers) {
      const byClass = reader.classAt(a) - reader.classAt(b)
      if (byClass !== 0) return byClass
      const byValue = reader.valueAt(a) - reader.valueAt(b)
      // The difference of two infinities is no number; they are equal.
      if (byValue < 0 || byValue > 0) return byValue
    }
    return (a - b) * direction
  }
  const start = place?.values.map((value, index) => ({
    class: readers[index]!.classOfValue(value),
    value: readers[index]!.valueOfValue(value)
  }))
  const isAfter = (ordinal: number): boolean => {
    if (start === undefined || place === undefined) return true
    for (let index = 0; index < readers.length; index++) {
      const [reader, key] = [readers[index]!, start[index]!]
      const byClass = reader.classAt(ordinal) - key.class
      if (byClass !== 0) return byClass > 0
      const value = reader.valueAt(ordinal)
      if (value !== key.value) return value > key.value
    }
    return (ordinal - place.ordinal) * direction > 0
  }
  const heap = new BoundedHeap(limit, compare)
  const bound = { value: Number.POSITIVE_INFINITY }
  const leadingNumber = classOf(numeric, keys[0]?.descending === true)
  leading.scan(matches, bound, (ordinal) => {
    if (!isAfter(ordinal) || !heap.offer(ordinal) || !heap.full) return
    const worst = heap.worst
    bound.value = leading.classAt(worst) === leadingNumber ? leading.valueAt(worst) : Number.POSITIVE_INFINITY
  })
  return heap.sorted()
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

  get full(): boolean {
    return this.#heap.length >= this.#limit
  }

  /** Only of a heap that is full. */
  get worst(): number {
    return this.#heap[0]!
  }

  /** Whether the candidate was taken. */
  offer(candidate: number): boolean {
    if (!this.full) {
      this.#heap.push(candidate)
      this.#rise(this.#heap.length - 1)
      return true
    }
    if (this.#compare(candidate, this.#heap[0]!) >= 0) return false
    this.#heap[0] = candidate
    this.#sink()
    return true
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
