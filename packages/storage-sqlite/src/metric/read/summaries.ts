/** What a run holds per key, from the statistics of its chunks and the points of its head. */
import { KeyStat, type KeySummary, type SeriesKind } from "@wanllmdb/core/metric"
import type { SqliteDatabase } from "../../driver/SqliteDriver.ts"
import { isPlain, type Layer, type Lineage, lineageOf } from "./lineage.ts"
import { type OtherKind, otherRowsOf } from "./otherParts.ts"
import { chunkPointsOf, seriesParts } from "./SeriesPart.ts"
import type { SummaryCache } from "./SummaryCache.ts"

type Prepare = SqliteDatabase["prepare"]

/** In code point order of key, which is the byte order that SQLite sorts text by. */
export const summariesOf = (
  prepare: Prepare,
  cache: SummaryCache,
  run: string,
  keys: ReadonlyArray<string> | undefined
): ReadonlyArray<KeySummary> => {
  const lineage = lineageOf(prepare, run)
  const names = keys === undefined ? namesOf(prepare, lineage) : sortedNames(keys)
  const plain = isPlain(lineage) && lineage.row !== null ? cache.stats(prepare, lineage.row) : null
  const summaries: Array<KeySummary> = []
  for (const name of names) {
    const stat = plain === null ? visibleStat(prepare, lineage.layers, name) : (plain.get(name) ?? new KeyStat())
    const summary = stat.count > 0 ? stat.summary(name) : otherSummary(prepare, lineage.layers, name)
    if (summary !== null) summaries.push(summary)
  }
  return summaries
}

const sortedNames = (keys: ReadonlyArray<string>): ReadonlyArray<string> =>
  [...new Set(keys)].sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)))

/** Names of the run and of what it inherits, whether their points are visible or not. */
export const namesOf = (prepare: Prepare, lineage: Lineage, prefix = ""): ReadonlyArray<string> => {
  const runs = [...new Set(lineage.layers.map(({ row }) => row.id))]
  const names = runs.flatMap((run) =>
    prepare("select name from metric_key where run = ? and kinds > 0 and name >= ? order by name")
      .all(run, prefix)
      .map(({ name }) => String(name))
      .filter((name) => name.startsWith(prefix))
  )
  return runs.length === 1 ? names : sortedNames(names)
}

const visibleStat = (prepare: Prepare, layers: ReadonlyArray<Layer>, name: string): KeyStat => {
  const stat = new KeyStat()
  for (const { chunks, head, cut } of seriesParts(prepare, layers, name)) {
    for (const chunk of chunks) {
      if (chunk.s1 <= cut || chunk.dropped) {
        stat.merge(
          KeyStat.fromBytes(prepare("select stat from metric_chunk where id = ?").get(chunk.id)!.stat as Uint8Array)
        )
        continue
      }
      const points = chunkPointsOf(prepare, chunk, cut)
      stat.add(points.steps, points.times, points.values, 0, points.steps.length)
    }
    stat.add(head.steps, head.times, head.values, 0, head.steps.length)
  }
  return stat
}

const otherKinds: ReadonlyArray<OtherKind> = ["text", "histogram", "record"]

const otherSummary = (prepare: Prepare, layers: ReadonlyArray<Layer>, name: string): KeySummary | null => {
  for (const kind of otherKinds) {
    const rows = otherRowsOf(prepare, layers, name, kind)
    const count = rows.steps.length
    if (count === 0) continue
    return {
      key: name,
      kind: kind satisfies SeriesKind,
      count,
      firstStep: rows.steps[0]!,
      lastStep: rows.steps[count - 1]!,
      firstTimeMs: rows.times[0]!,
      lastTimeMs: rows.times[count - 1]!,
      last: Number.NaN,
      ...(kind === "text" ? { lastText: String(rows.values[count - 1]) } : {}),
      min: Number.NaN,
      max: Number.NaN,
      mean: Number.NaN,
      minStep: Number.NaN,
      maxStep: Number.NaN,
      nan: 0,
      posInf: 0,
      negInf: 0
    }
  }
  return null
}
