/** Points of a memory client. Rows only: frames are for clients that log much. */
import type { PointBatch } from "@wanllmdb/core"
import type { WanllmdbClient } from "@wanllmdb/core/client"
import type { Answer } from "./createMemoryClient.ts"
import { type MemoryData, MemoryProblem, runNames } from "./MemoryData.ts"
import type { MemoryLive } from "./MemoryLive.ts"
import { keySummary, wireNumber } from "./MemoryRun.ts"
import { memoryBuckets } from "./memoryBuckets.ts"
import { announceRun } from "./memoryRuns.ts"

export const memoryMetrics = (data: MemoryData, live: MemoryLive, answer: Answer): WanllmdbClient["metrics"] => ({
  append: (name, body, options) =>
    answer("metrics.append", options?.signal, () => {
      if (body instanceof Uint8Array)
        throw new MemoryProblem(415, "Unsupported", "The memory client takes rows, not frames")
      const memory = data.run(name)
      const news: Record<string, { steps: Array<number>; timesMs: Array<number>; values: Array<number | string> }> = {}
      let accepted = 0
      for (const row of body.rows) {
        for (const [key, given] of Object.entries(row.values ?? {})) {
          let series = memory.series.get(key)
          if (series === undefined) {
            series = { steps: [], timesMs: [], values: [] }
            memory.series.set(key, series)
          }
          const step = row.step ?? (series.steps.at(-1) ?? -1) + 1
          const timeMs = row.timeMs ?? Date.now()
          const value = Number(given)
          series.steps.push(step)
          series.timesMs.push(timeMs)
          series.values.push(value)
          const sent = news[key] ?? { steps: [], timesMs: [], values: [] }
          news[key] = sent
          sent.steps.push(step)
          sent.timesMs.push(timeMs)
          sent.values.push(wireNumber(value))
          accepted++
        }
      }
      live.announce("points", runNames(memory.run), { type: "points", run: memory.run.id, series: news })
      announceRun(live, memory)
      return { accepted, rejected: [], sequence: options?.sequence ?? 0, duplicate: false }
    }),
  keys: (run, query = {}, options) =>
    answer("metrics.keys", options?.signal, () => ({
      items: [...data.run(run).series]
        .filter(([key]) => key.startsWith(query.prefix ?? ""))
        .map(([key, series]) => keySummary(key, series)),
      next: null
    })),
  define: (run, _definition, options) =>
    answer("metrics.define", options?.signal, () => {
      data.run(run)
    }),
  async *series(_project, query, options) {
    const runs = await answer("metrics.series", options?.signal, () => query.runs.map((run) => data.run(run)))
    for (const memory of runs) {
      for (const key of query.keys) {
        const series = memory.series.get(key)
        const other = typeof query.x === "object" ? memory.series.get(query.x.metric) : undefined
        if (series !== undefined) yield memoryBuckets(memory.run.id, key, series, query, other)
      }
    }
  },
  async *points(run, query, options): AsyncIterable<PointBatch> {
    const series = await answer("metrics.points", options?.signal, () => data.run(run).series.get(query.key))
    if (series === undefined) return
    const kept = series.steps
      .map((_, at) => at)
      .filter((at) => series.steps[at]! >= (query.from ?? -Infinity) && series.steps[at]! <= (query.to ?? Infinity))
    yield {
      kind: "number",
      steps: Float64Array.from(kept, (at) => series.steps[at]!),
      times: Float64Array.from(kept, (at) => series.timesMs[at]!),
      values: Float64Array.from(kept, (at) => series.values[at]!)
    }
  }
})
