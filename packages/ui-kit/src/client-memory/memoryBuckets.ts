/** Buckets of a memory series by the rules of the metric engine: power-of-two widths, aligned edges, empty ones left out. */
import type { BucketSeries, XAxis } from "@wanllmdb/core"
import type { MemorySeries } from "./MemoryRun.ts"

interface BucketAsk {
  readonly x?: XAxis | undefined
  readonly from?: number | undefined
  readonly to?: number | undefined
  readonly buckets?: number | undefined
}

const xOf = (series: MemorySeries, x: XAxis | undefined, other: MemorySeries | undefined): ReadonlyArray<number> => {
  if (x === "wall") return series.timesMs
  if (x === "relative") return series.timesMs.map((time) => (time - (series.timesMs[0] ?? 0)) / 1000)
  if (typeof x !== "object") return series.steps
  const valueAt = new Map(other?.steps.map((step, at) => [step, other.values[at]!]))
  return series.steps.map((step) => valueAt.get(step) ?? NaN)
}

export const memoryBuckets = (
  run: string,
  key: string,
  series: MemorySeries,
  ask: BucketAsk,
  other?: MemorySeries
): BucketSeries => {
  const xs = xOf(series, ask.x, other)
  const order = xs
    .map((_, at) => at)
    .filter((at) => xs[at]! >= (ask.from ?? -Infinity) && xs[at]! <= (ask.to ?? Infinity))
    .sort((a, b) => xs[a]! - xs[b]! || a - b)
  const most = ask.buckets ?? 1000
  const span = order.length === 0 ? 0 : xs[order.at(-1)!]! - xs[order[0]!]!
  const width = order.length <= most ? 0 : 2 ** Math.ceil(Math.log2(span / (most - 1)))
  const groups: Array<Array<number>> = []
  let edge = NaN
  for (const at of order) {
    const left = width === 0 ? at : Math.floor(xs[at]! / width)
    if (width === 0 || left !== edge) groups.push([])
    edge = left
    groups.at(-1)!.push(at)
  }
  const column = (read: (group: ReadonlyArray<number>) => number) => Float64Array.from(groups, read)
  const finite = (group: ReadonlyArray<number>) => group.map((at) => series.values[at]!).filter(Number.isFinite)
  const counted = (wanted: (value: number) => boolean) =>
    column((group) => group.filter((at) => wanted(series.values[at]!)).length)
  return {
    run: run as BucketSeries["run"],
    key,
    x: column((group) => (width === 0 ? xs[group[0]!]! : Math.floor(xs[group[0]!]! / width) * width)),
    firstX: column((group) => xs[group[0]!]!),
    lastX: column((group) => xs[group.at(-1)!]!),
    min: column((group) => finite(group).reduce((a, b) => Math.min(a, b), Infinity)).map((v) =>
      v === Infinity ? NaN : v
    ),
    max: column((group) => finite(group).reduce((a, b) => Math.max(a, b), -Infinity)).map((v) =>
      v === -Infinity ? NaN : v
    ),
    mean: column((group) => {
      const values = finite(group)
      return values.reduce((a, b) => a + b, 0) / values.length
    }),
    sum: column((group) => finite(group).reduce((a, b) => a + b, 0)),
    first: column((group) => series.values[group[0]!]!),
    last: column((group) => series.values[group.at(-1)!]!),
    count: column((group) => group.length),
    nan: counted(Number.isNaN),
    posInf: counted((value) => value === Infinity),
    negInf: counted((value) => value === -Infinity),
    width,
    cursor: series.values.length
  }
}
