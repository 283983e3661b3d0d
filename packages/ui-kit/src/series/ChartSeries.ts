/**
 * One line as a chart holds it: columns that grow in place, its own x per line, and an index of extremes by blocks, so that the
 * range of what is visible costs some blocks instead of every point.
 */
import { Extremes } from "./Extremes.ts"
import { lowerBound } from "./search.ts"

/** What a host or a client hands over. x ascends; a value that is not finite breaks the line and is marked. */
export interface SeriesData {
  readonly x: Float64Array
  readonly y: Float64Array
  /** Extremes of what each point stands for, where a point stands for several. */
  readonly low?: Float64Array | undefined
  readonly high?: Float64Array | undefined
  /** Bits of `Marks`: what non-finite values each point stands for. Default: read from `y`. */
  readonly marks?: Uint8Array | undefined
}

export const Marks = { nan: 1, above: 2, below: 4 } as const

export const markOf = (value: number): number =>
  Number.isFinite(value) ? 0 : Number.isNaN(value) ? Marks.nan : value > 0 ? Marks.above : Marks.below

const grown = (from: Float64Array, length: number): Float64Array<ArrayBuffer> => {
  const to = new Float64Array(Math.max(64, length * 2))
  to.set(from)
  return to
}

export class ChartSeries {
  readonly id: string
  #length = 0
  #x = new Float64Array(0)
  #y = new Float64Array(0)
  #low: Float64Array<ArrayBuffer> | null = null
  #high: Float64Array<ArrayBuffer> | null = null
  #marks = new Uint8Array(0)
  #marked = 0
  #version = 0
  #epoch = 0
  readonly #extremes = new Extremes()
  #views = this.#look()

  constructor(id: string, data: SeriesData) {
    this.id = id
    this.replace(data)
  }

  get length(): number {
    return this.#length
  }

  /** Grows with every change; what was derived from an older version is stale. */
  get version(): number {
    return this.#version
  }

  /** Grows when points that were there changed; while it stays, the series only grew at its end. */
  get epoch(): number {
    return this.#epoch
  }

  /** Whether any point stands for a value that is not finite. */
  get marked(): boolean {
    return this.#marked > 0
  }

  // Views, not copies: valid until the next change. Made once per change, since charts read them for every line in every frame.
  get x(): Float64Array<ArrayBuffer> {
    return this.#views.x
  }

  get y(): Float64Array<ArrayBuffer> {
    return this.#views.y
  }

  get low(): Float64Array<ArrayBuffer> | null {
    return this.#views.low
  }

  get high(): Float64Array<ArrayBuffer> | null {
    return this.#views.high
  }

  get marks(): Uint8Array<ArrayBuffer> {
    return this.#views.marks
  }

  get firstX(): number {
    return this.#length === 0 ? Number.NaN : this.#x[0]!
  }

  get lastX(): number {
    return this.#length === 0 ? Number.NaN : this.#x[this.#length - 1]!
  }

  /** A copy of the points from an index on, without spare room, fit to be sent to a worker. */
  data(from = 0): SeriesData {
    const { low, high } = this
    return {
      x: this.x.slice(from),
      y: this.y.slice(from),
      marks: this.marks.slice(from),
      ...(low !== null && high !== null ? { low: low.slice(from), high: high.slice(from) } : {})
    }
  }

  replace(data: SeriesData): void {
    const sorted = inOrder(data)
    this.#epoch += 1
    this.#length = 0
    this.#marked = 0
    this.#x = new Float64Array(sorted.x.length)
    this.#y = new Float64Array(sorted.x.length)
    this.#marks = new Uint8Array(sorted.x.length)
    this.#low = sorted.low === undefined ? null : new Float64Array(sorted.x.length)
    this.#high = sorted.high === undefined ? null : new Float64Array(sorted.x.length)
    this.#extremes.clear()
    this.append(sorted)
  }

  /** Adds points that come after the last one; those that do not are left out. Answers what was added. */
  append(data: SeriesData): SeriesData {
    const start = this.#length === 0 ? 0 : lowerBound(data.x, this.lastX, true)
    const added = start === 0 ? data : sliced(data, start)
    const count = added.x.length
    const length = this.#length + count
    if (length > this.#x.length) {
      this.#x = grown(this.#x, length)
      this.#y = grown(this.#y, length)
      if (this.#low !== null) this.#low = grown(this.#low, length)
      if (this.#high !== null) this.#high = grown(this.#high, length)
      const marks = new Uint8Array(this.#x.length)
      marks.set(this.#marks)
      this.#marks = marks
    }
    this.#x.set(added.x, this.#length)
    this.#y.set(added.y, this.#length)
    this.#low?.set(added.low ?? added.y, this.#length)
    this.#high?.set(added.high ?? added.y, this.#length)
    for (let index = 0; index < count; index++) {
      const mark = added.marks?.[index] ?? markOf(added.y[index]!)
      this.#marks[this.#length + index] = mark
      if (mark !== 0) this.#marked += 1
    }
    this.#length = length
    this.#version += 1
    this.#views = this.#look()
    this.#extremes.extend(this.#low ?? this.#y, this.#high ?? this.#y, length)
    return added
  }

  #look() {
    const length = this.#length
    return {
      x: this.#x.subarray(0, length),
      y: this.#y.subarray(0, length),
      low: this.#low?.subarray(0, length) ?? null,
      high: this.#high?.subarray(0, length) ?? null,
      marks: this.#marks.subarray(0, length)
    }
  }

  /** Smallest and largest finite value among points from `from` to before `to`; with `positive`, of those above zero. */
  extent(from: number, to: number, positive = false): readonly [low: number, high: number] {
    return this.#extremes.between(
      this.#low ?? this.#y,
      this.#high ?? this.#y,
      from,
      Math.min(to, this.#length),
      positive
    )
  }

  /** Halves the points by joining neighbours; extremes stay. For lines that have been live for long. */
  thin(): void {
    const half = this.#length >> 1
    const pick = (of: (index: number) => number) => Float64Array.from({ length: half }, (_, index) => of(2 * index))
    const [x, y, low, high] = [this.x, this.y, this.low ?? this.y, this.high ?? this.y]
    const mean = (at: number) => {
      if (!Number.isFinite(y[at]!)) return y[at + 1]!
      return Number.isFinite(y[at + 1]!) ? (y[at]! + y[at + 1]!) / 2 : y[at]!
    }
    this.replace({
      x: pick((at) => (x[at]! + x[at + 1]!) / 2),
      y: pick(mean),
      low: pick((at) =>
        Math.min(finiteOr(low[at]!, Number.POSITIVE_INFINITY), finiteOr(low[at + 1]!, Number.POSITIVE_INFINITY))
      ),
      high: pick((at) =>
        Math.max(finiteOr(high[at]!, Number.NEGATIVE_INFINITY), finiteOr(high[at + 1]!, Number.NEGATIVE_INFINITY))
      ),
      marks: Uint8Array.from({ length: half }, (_, index) => this.#marks[2 * index]! | this.#marks[2 * index + 1]!)
    })
  }
}

const finiteOr = (value: number, other: number): number => (Number.isFinite(value) ? value : other)

const sliced = (data: SeriesData, from: number): SeriesData => ({
  x: data.x.subarray(from),
  y: data.y.subarray(from),
  low: data.low?.subarray(from),
  high: data.high?.subarray(from),
  marks: data.marks?.subarray(from)
})

const inOrder = (data: SeriesData): SeriesData => {
  const { x } = data
  let ascending = true
  for (let index = 1; index < x.length && ascending; index++) ascending = x[index]! >= x[index - 1]!
  if (ascending) return data
  const order = Uint32Array.from(x, (_, index) => index).sort((a, b) => x[a]! - x[b]! || a - b)
  const by = (column: Float64Array) => Float64Array.from(order, (index) => column[index]!)
  return {
    x: by(x),
    y: by(data.y),
    low: data.low && by(data.low),
    high: data.high && by(data.high),
    marks: data.marks && Uint8Array.from(order, (index) => data.marks![index]!)
  }
}
