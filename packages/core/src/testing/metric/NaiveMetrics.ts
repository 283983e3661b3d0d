/**
 * The row model that every metric store has to agree with: an object a point, every answer by looking at all of them. Slow on
 * purpose; there is nothing in it that could be subtly wrong.
 */
import { bucketLevel } from "../../metric/bucket/bucketLevel.ts"
import { compareCodePoints } from "../../metric/codePointOrder.ts"
import { decodeFrame } from "../../metric/frame/decodeFrame.ts"
import type { BucketQuery, Json, KeySummary, ScanQuery, SeriesKind, SeriesRef } from "../../metric/MetricQuery.ts"
import type { AppendReceipt, MetricAppend } from "../../metric/MetricStore.ts"
import { type RowRange, withRows } from "../../metric/row/rowRanges.ts"
import type { ForkPoint, RunId } from "../../run/Run.ts"
import { naiveSummary } from "./naiveSummary.ts"

export interface NaivePoint {
  readonly key: string
  readonly kind: SeriesKind
  readonly segment: number
  readonly step: number
  readonly time: number
  readonly value: number | Json
}

export interface NaiveBucket {
  readonly x: number
  /** In order of (x, step, arrival). */
  readonly points: ReadonlyArray<{ readonly x: number; readonly value: number }>
}

export interface NaiveSeries extends SeriesRef {
  readonly width: number
  readonly buckets: ReadonlyArray<NaiveBucket>
}

interface NaiveRun {
  /** In order of arrival. */
  points: Array<NaivePoint>
  /** Points that `dropRaw` took from scans. */
  readonly dropped: Set<NaivePoint>
  readonly frames: Array<{ readonly sequence: number; readonly segment: number; readonly body: Uint8Array }>
  readonly writers: Map<
    string,
    { readonly last: number; readonly accepted: number; readonly rejected: number; readonly sequence: number }
  >
  /** Step that each segment after the first rewound to. */
  readonly rewinds: Array<number>
  /** Received rows by (segment, stream, client). */
  readonly rows: Map<string, ReadonlyArray<RowRange>>
  parent: ForkPoint | null
}

const kindOrder: ReadonlyArray<SeriesKind> = ["number", "text", "histogram", "record"]

export class NaiveMetrics {
  readonly #runs = new Map<string, NaiveRun>()
  /** Visible points by run and key, until something changes. */
  readonly #grouped = new Map<string, ReadonlyMap<string, ReadonlyArray<NaivePoint>>>()

  #run(id: RunId): NaiveRun {
    let run = this.#runs.get(id)
    if (run === undefined) {
      run = {
        points: [],
        dropped: new Set(),
        frames: [],
        writers: new Map(),
        rewinds: [],
        rows: new Map(),
        parent: null
      }
      this.#runs.set(id, run)
    }
    return run
  }

  append(batch: MetricAppend): AppendReceipt | { readonly expected: number } | { readonly received: true } {
    this.#grouped.clear()
    const run = this.#run(batch.run)
    const { accepted, rejected } = batch
    const sequence = run.frames.length + 1
    if (batch.writer !== undefined) {
      const known = run.writers.get(batch.writer.writer)
      const last = known?.last ?? 0
      if (batch.writer.sequence <= last) {
        return batch.writer.sequence === last && known !== undefined
          ? { sequence: known.sequence, duplicate: true, accepted: known.accepted, rejected: known.rejected }
          : { sequence: run.frames.length, duplicate: true, accepted: 0, rejected: 0 }
      }
      if (batch.writer.sequence !== last + 1) return { expected: last + 1 }
      run.writers.set(batch.writer.writer, { last: last + 1, accepted, rejected, sequence })
    }
    const segment = run.rewinds.length
    if (batch.rows !== undefined) {
      const { client, from, stream, to } = batch.rows
      const place = JSON.stringify([segment, stream, client])
      const ranges = run.rows.get(place) ?? []
      if (ranges.some(([start, end]) => start < to && end > from)) return { received: true }
      run.rows.set(place, withRows(ranges, [from, to]))
    }
    run.frames.push({ sequence, segment, body: batch.frame.slice() })
    for (const point of framePoints(batch.frame, segment)) run.points.push(point)
    return { sequence, duplicate: false, accepted, rejected }
  }

  receivedRows(id: RunId, stream: string, client: string): ReadonlyArray<RowRange> {
    const run = this.#run(id)
    return run.rows.get(JSON.stringify([run.rewinds.length, stream, client])) ?? []
  }

  rewind(id: RunId, step: number): number {
    this.#grouped.clear()
    return this.#run(id).rewinds.push(step)
  }

  fork(id: RunId, parent: ForkPoint): void {
    this.#grouped.clear()
    this.#run(id).parent = parent
  }

  delete(id: RunId, key?: string): void {
    this.#grouped.clear()
    if (key === undefined) this.#runs.delete(id)
    else {
      const run = this.#run(id)
      run.points = run.points.filter((point) => point.key !== key)
    }
  }

  dropRaw(id: RunId, beforeMs: number): void {
    const run = this.#run(id)
    for (const point of run.points) if (point.time < beforeMs) run.dropped.add(point)
  }

  head(id: RunId): number {
    return this.#run(id).frames.length
  }

  frames(id: RunId): NaiveRun["frames"] {
    return this.#run(id).frames
  }

  /** Visible points in order of arrival, as the run stood in `segment`: the parent's first. */
  visible(id: RunId, segment = Number.POSITIVE_INFINITY): ReadonlyArray<NaivePoint> {
    const run = this.#run(id)
    /** Least step that a rewind after segment `from` cut at; the parent's points stand before segment 0. */
    const cutAfter = (from: number) =>
      run.rewinds.reduce(
        (cut, step, i) => (i + 1 > from && i + 1 <= segment ? Math.min(cut, step) : cut),
        Number.POSITIVE_INFINITY
      )
    const { parent } = run
    const inheritedTo = Math.min(parent?.step ?? 0, cutAfter(-1))
    const inherited =
      parent === null ? [] : this.visible(parent.run, parent.segment).filter((point) => point.step <= inheritedTo)
    const cuts = [...run.rewinds.keys(), run.rewinds.length].map(cutAfter)
    const own = run.points.filter((point) => point.segment <= segment && point.step <= cuts[point.segment]!)
    return [...inherited, ...own]
  }

  #byKey(id: RunId): ReadonlyMap<string, ReadonlyArray<NaivePoint>> {
    const known = this.#grouped.get(id)
    if (known !== undefined) return known
    const groups = new Map<string, Array<NaivePoint>>()
    for (const point of this.visible(id)) {
      const group = groups.get(point.key)
      if (group === undefined) groups.set(point.key, [point])
      else group.push(point)
    }
    this.#grouped.set(id, groups)
    return groups
  }

  /** Visible points of one key by (step, arrival); of each step all, or the last to arrive. Numbers before other kinds. */
  series(ref: SeriesRef, repeats: "all" | "last"): ReadonlyArray<NaivePoint> {
    const points = this.#byKey(ref.run).get(ref.key) ?? []
    return kindOrder.flatMap((kind) => {
      const sorted = points.filter((point) => point.kind === kind).sort((a, b) => a.step - b.step)
      return repeats === "all" ? sorted : sorted.filter((point, i) => sorted[i + 1]?.step !== point.step)
    })
  }

  scan(query: ScanQuery): ReadonlyArray<NaivePoint> {
    const { from = Number.NEGATIVE_INFINITY, to = Number.POSITIVE_INFINITY, repeats = "last" } = query
    const { dropped } = this.#run(query.run)
    return this.series(query, repeats).filter((point) => point.step >= from && point.step <= to && !dropped.has(point))
  }

  keys(id: RunId, prefix = "", after?: string, limit = 1000): ReadonlyArray<string> {
    return [...this.#byKey(id).keys()]
      .sort(compareCodePoints)
      .filter((key) => key.startsWith(prefix) && (after === undefined || compareCodePoints(key, after) > 0))
      .slice(0, limit)
  }

  summaries(id: RunId, keys?: ReadonlyArray<string>): ReadonlyArray<KeySummary> {
    const wanted = keys === undefined ? null : new Set(keys)
    return this.keys(id, "", undefined, Number.POSITIVE_INFINITY)
      .filter((key) => wanted === null || wanted.has(key))
      .map((key) => {
        const points = this.series({ run: id, key }, "all")
        return naiveSummary(
          key,
          points.filter((point) => point.kind === points[0]!.kind)
        )
      })
  }

  buckets(query: BucketQuery): ReadonlyArray<NaiveSeries> {
    const all = query.series.map((ref) => this.#xValues(ref, query))
    const xs = all.flatMap((series) => series.map((point) => point.x))
    if (xs.length === 0) return query.series.map((ref) => ({ ...ref, width: 0, buckets: [] }))
    const from = query.from ?? xs.reduce((a, b) => Math.min(a, b))
    const to = query.to ?? xs.reduce((a, b) => Math.max(a, b))
    const width = 2 ** bucketLevel(from, to, query.buckets ?? 1000)
    return query.series.map((ref, i) => {
      const groups = new Map<number, Array<{ readonly x: number; readonly value: number }>>()
      for (const point of all[i]!) {
        if (point.x < from || point.x > to) continue
        const bucket = Math.floor(point.x / width) * width
        const group = groups.get(bucket)
        if (group === undefined) groups.set(bucket, [point])
        else group.push(point)
      }
      const buckets = [...groups]
        .sort(([a], [b]) => a - b)
        .map(([x, points]) => ({ x, points: points.sort((a, b) => a.x - b.x) }))
      return { ...ref, width: buckets.length === 0 ? 0 : width, buckets }
    })
  }

  /** Number points in order of (step, arrival) with their finite x. */
  #xValues(ref: SeriesRef, query: BucketQuery): ReadonlyArray<{ readonly x: number; readonly value: number }> {
    const points = this.series(ref, query.repeats ?? "all").filter((point) => point.kind === "number")
    const x = query.x ?? "step"
    const xOf = typeof x === "object" ? this.#metricAxis(ref.run, x.metric) : this.#timeAxis(ref.run, x)
    return points
      .map((point) => ({ x: xOf(point), value: point.value as number }))
      .filter((point) => Number.isFinite(point.x))
  }

  #timeAxis(run: RunId, x: "step" | "wall" | "relative"): (point: NaivePoint) => number {
    if (x === "step") return (point) => point.step
    if (x === "wall") return (point) => point.time
    const origin = this.visible(run).reduce((least, point) => Math.min(least, point.time), Number.POSITIVE_INFINITY)
    return (point) => (point.time - origin) / 1000
  }

  #metricAxis(run: RunId, key: string): (point: NaivePoint) => number {
    const last = new Map<number, number>()
    for (const point of this.series({ run, key }, "all")) {
      if (point.kind === "number") last.set(point.step, point.value as number)
    }
    return (point) => last.get(point.step) ?? Number.NaN
  }
}

/** A frame's points in order of arrival. */
export const framePoints = (frame: Uint8Array, segment: number): ReadonlyArray<NaivePoint> =>
  decodeFrame(frame).sections.flatMap((section) =>
    section.keys.flatMap((key, index) => {
      const column = section.column(index)
      const constant = column.kind === "number" && column.encoding === "constant"
      const rows = column.rows ?? Array.from({ length: section.rows }, (_, row) => row)
      return Array.from(rows, (row, i) => ({
        key,
        kind: column.kind,
        segment,
        step: section.steps[row]!,
        time: section.times[row]!,
        value: column.values[constant ? 0 : i]! as number | Json
      }))
    })
  )
