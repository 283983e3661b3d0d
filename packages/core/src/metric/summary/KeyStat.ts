/**
 * What is known of a series without its points: one small record a chunk, and merged over chunks the run's summary. It is a
 * Float64Array so that it rests in a row as it is and adds up in a few nanoseconds.
 */
import type { PointColumns } from "../bucket/sortByStep.ts"
import type { AxisCells } from "../chunk/AxisCells.ts"
import { compensated, type ValueCells } from "../chunk/ValueCells.ts"
import type { KeySummary } from "../MetricQuery.ts"

const field = {
  count: 0,
  nan: 1,
  posInf: 2,
  negInf: 3,
  min: 4,
  max: 5,
  sum: 6,
  lost: 7,
  minStep: 8,
  maxStep: 9,
  first: 10,
  last: 11,
  firstStep: 12,
  lastStep: 13,
  firstTime: 14,
  lastTime: 15,
  minTime: 16,
  maxTime: 17
} as const

export const keyStatFields = 18

export class KeyStat {
  readonly numbers: Float64Array

  /** Empty, or over the 18 numbers of a stored record (which is then not copied). */
  constructor(numbers?: Float64Array) {
    if (numbers !== undefined && numbers.length !== keyStatFields) {
      throw new RangeError(`a key statistic has ${keyStatFields} numbers, got ${numbers.length}`)
    }
    this.numbers = numbers ?? new Float64Array(keyStatFields)
  }

  /** From the 144 bytes of a stored record, at any address. */
  static fromBytes(bytes: Uint8Array): KeyStat {
    const copy = bytes.slice()
    return new KeyStat(new Float64Array(copy.buffer, copy.byteOffset, copy.byteLength >> 3))
  }

  /**
   * Of a chunk whose cells are known, sorted by (step, arrival): the same as adding its points, in a hundredth of the time. The
   * sum is that of the cells' sums.
   */
  static ofCells(axis: AxisCells, cells: ValueCells, chunk: PointColumns): KeyStat {
    const stat = new KeyStat()
    const n = stat.numbers
    const count = axis.firstRow[axis.length]!
    if (count === 0) return stat
    n[field.count] = count
    n[field.first] = chunk.values[0]!
    n[field.last] = chunk.values[count - 1]!
    n[field.firstStep] = chunk.steps[0]!
    n[field.lastStep] = chunk.steps[count - 1]!
    n[field.firstTime] = chunk.times[0]!
    n[field.lastTime] = chunk.times[count - 1]!
    let min = -1
    let max = -1
    let [minTime, maxTime] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]
    for (let c = 0; c < axis.length; c++) {
      if (axis.minTime[c]! < minTime) minTime = axis.minTime[c]!
      if (axis.maxTime[c]! > maxTime) maxTime = axis.maxTime[c]!
      if (cells.nonFinite !== null) {
        n[field.nan] = n[field.nan]! + cells.nonFinite.nan[c]!
        n[field.posInf] = n[field.posInf]! + cells.nonFinite.posInf[c]!
        n[field.negInf] = n[field.negInf]! + cells.nonFinite.negInf[c]!
      }
      if (Number.isNaN(cells.min[c]!)) continue
      if (min < 0 || cells.min[c]! < cells.min[min]!) min = c
      if (max < 0 || cells.max[c]! > cells.max[max]!) max = c
      stat.#addSum(cells.sum[c]!)
    }
    n[field.minTime] = minTime
    n[field.maxTime] = maxTime
    if (min < 0) return stat
    n[field.min] = cells.min[min]!
    n[field.max] = cells.max[max]!
    n[field.minStep] = chunk.steps[chunk.values.indexOf(cells.min[min]!, axis.firstRow[min]!)]!
    n[field.maxStep] = chunk.steps[chunk.values.indexOf(cells.max[max]!, axis.firstRow[max]!)]!
    return stat
  }

  bytes(): Uint8Array {
    return new Uint8Array(this.numbers.slice().buffer)
  }

  get count(): number {
    return this.numbers[field.count]!
  }

  get firstStep(): number {
    return this.numbers[field.firstStep]!
  }

  get lastStep(): number {
    return this.numbers[field.lastStep]!
  }

  /** Least and greatest time of any point, which need not be those of the first and last. */
  get minTime(): number {
    return this.numbers[field.minTime]!
  }

  get maxTime(): number {
    return this.numbers[field.maxTime]!
  }

  /** Adds points that arrived after all that were added before, in any order of step. */
  add(steps: Float64Array, times: Float64Array, values: Float64Array, offset: number, count: number): void {
    if (count === 0) return
    const n = this.numbers
    this.#addAxis(steps, times, values, offset, count)
    let min = finiteCount(n) > 0 ? n[field.min]! : Number.POSITIVE_INFINITY
    let max = finiteCount(n) > 0 ? n[field.max]! : Number.NEGATIVE_INFINITY
    let minStep = n[field.minStep]!
    let maxStep = n[field.maxStep]!
    let sum = n[field.sum]!
    let lost = n[field.lost]!
    let nonFinite = 0
    for (let i = offset; i < offset + count; i++) {
      const value = values[i]!
      if (value - value !== 0) {
        nonFinite++
        const at = Number.isNaN(value) ? field.nan : value > 0 ? field.posInf : field.negInf
        n[at] = n[at]! + 1
        continue
      }
      if (value <= min && (value < min || steps[i]! < minStep)) {
        min = value
        minStep = steps[i]!
      }
      if (value >= max && (value > max || steps[i]! < maxStep)) {
        max = value
        maxStep = steps[i]!
      }
      const next = sum + value
      const back = next - sum
      lost += sum - (next - back) + (value - back)
      sum = next
    }
    n[field.count] = n[field.count]! + count
    if (nonFinite === count) return
    n[field.min] = min
    n[field.max] = max
    n[field.minStep] = minStep
    n[field.maxStep] = maxStep
    n[field.sum] = sum
    n[field.lost] = lost
  }

  #addAxis(steps: Float64Array, times: Float64Array, values: Float64Array, offset: number, count: number): void {
    let first = offset
    let last = offset
    let minTime = times[offset]!
    let maxTime = minTime
    for (let i = offset + 1; i < offset + count; i++) {
      if (steps[i]! < steps[first]!) first = i
      if (steps[i]! >= steps[last]!) last = i
      const time = times[i]!
      if (time < minTime) minTime = time
      if (time > maxTime) maxTime = time
    }
    const n = this.numbers
    const empty = n[field.count] === 0
    if (empty || steps[first]! < n[field.firstStep]!) {
      n[field.firstStep] = steps[first]!
      n[field.first] = values[first]!
      n[field.firstTime] = times[first]!
    }
    if (empty || steps[last]! >= n[field.lastStep]!) {
      n[field.lastStep] = steps[last]!
      n[field.last] = values[last]!
      n[field.lastTime] = times[last]!
    }
    if (empty || minTime < n[field.minTime]!) n[field.minTime] = minTime
    if (empty || maxTime > n[field.maxTime]!) n[field.maxTime] = maxTime
  }

  /** Adds what another record knows, whose points arrived after all that were added before. */
  merge(later: KeyStat): void {
    const n = this.numbers
    const m = later.numbers
    if (m[field.count] === 0) return
    if (n[field.count] === 0) {
      n.set(m)
      return
    }
    if (m[field.firstStep]! < n[field.firstStep]!) copy(n, m, field.firstStep, field.first, field.firstTime)
    if (m[field.lastStep]! >= n[field.lastStep]!) copy(n, m, field.lastStep, field.last, field.lastTime)
    if (m[field.minTime]! < n[field.minTime]!) n[field.minTime] = m[field.minTime]!
    if (m[field.maxTime]! > n[field.maxTime]!) n[field.maxTime] = m[field.maxTime]!
    this.#mergeFinite(m)
    for (const at of [field.count, field.nan, field.posInf, field.negInf]) n[at] = n[at]! + m[at]!
  }

  #mergeFinite(m: Float64Array): void {
    const n = this.numbers
    if (finiteCount(m) === 0) return
    if (finiteCount(n) === 0) {
      copy(n, m, field.min, field.minStep, field.max, field.maxStep, field.sum, field.lost)
      return
    }
    const min = m[field.min]! - n[field.min]!
    if (min < 0 || (min === 0 && m[field.minStep]! < n[field.minStep]!)) copy(n, m, field.min, field.minStep)
    const max = m[field.max]! - n[field.max]!
    if (max > 0 || (max === 0 && m[field.maxStep]! < n[field.maxStep]!)) copy(n, m, field.max, field.maxStep)
    this.#addSum(m[field.sum]!)
    n[field.lost] = n[field.lost]! + m[field.lost]!
  }

  /** Two-sum (Knuth). */
  #addSum(value: number): void {
    const n = this.numbers
    const total = n[field.sum]!
    const next = total + value
    const back = next - total
    n[field.lost] = n[field.lost]! + (total - (next - back) + (value - back))
    n[field.sum] = next
  }

  /** The summary of a number series. */
  summary(key: string): KeySummary {
    const n = this.numbers
    const finite = finiteCount(n)
    const of = (at: number) => (finite > 0 ? n[at]! : Number.NaN)
    return {
      key,
      kind: "number",
      count: n[field.count]!,
      firstStep: n[field.firstStep]!,
      lastStep: n[field.lastStep]!,
      firstTimeMs: n[field.firstTime]!,
      lastTimeMs: n[field.lastTime]!,
      last: n[field.last]!,
      min: of(field.min),
      max: of(field.max),
      mean: finite > 0 ? compensated(n[field.sum]!, n[field.lost]!) / finite : Number.NaN,
      minStep: of(field.minStep),
      maxStep: of(field.maxStep),
      nan: n[field.nan]!,
      posInf: n[field.posInf]!,
      negInf: n[field.negInf]!
    }
  }
}

const finiteCount = (n: Float64Array): number => n[field.count]! - n[field.nan]! - n[field.posInf]! - n[field.negInf]!

const copy = (to: Float64Array, from: Float64Array, ...fields: ReadonlyArray<number>): void => {
  for (const at of fields) to[at] = from[at]!
}
