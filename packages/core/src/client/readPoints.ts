/** The NDJSON of `metrics/points` as batches of parallel arrays. */
import type { PointBatch } from "../metric/MetricQuery.ts"
import { bodyLines } from "./bodyParts.ts"

interface Line {
  readonly step: number
  readonly timeMs: number
  readonly value: unknown
}

const mostRows = 65_536

const batchOf = (kind: string, lines: ReadonlyArray<Line>): PointBatch => {
  const steps = Float64Array.from(lines, (line) => line.step)
  const times = Float64Array.from(lines, (line) => line.timeMs)
  const values = lines.map((line) => line.value)
  // `Number` reads the three words that stand for non-finite values.
  if (kind === "number") return { kind, steps, times, values: Float64Array.from(values, Number) }
  // The server names the kind of the series; values are of it.
  return { kind, steps, times, values } as PointBatch
}

export async function* readPoints(response: Response): AsyncGenerator<PointBatch> {
  const kind = response.headers.get("wanllmdb-kind") ?? "number"
  let rows: Array<Line> = []
  for await (const lines of bodyLines(response)) {
    for (const line of lines) if (line !== "") rows.push(JSON.parse(line))
    if (rows.length >= mostRows) {
      yield batchOf(kind, rows.slice(0, mostRows))
      rows = rows.slice(mostRows)
    }
  }
  if (rows.length > 0) yield batchOf(kind, rows)
}
