/** Logs of a memory client. */
import type { LogLineJson, WanllmdbClient } from "@wanllmdb/core/client"
import type { Answer } from "./createMemoryClient.ts"
import { type MemoryData, runNames } from "./MemoryData.ts"
import type { MemoryLive } from "./MemoryLive.ts"

export const memoryLogs = (data: MemoryData, live: MemoryLive, answer: Answer): WanllmdbClient["logs"] => ({
  append: (name, records, options) =>
    answer("logs.append", options?.signal, () => {
      const memory = data.run(name)
      const lines: Array<LogLineJson> = []
      for (const { line, timeMs, level, stream = "stdout", process = "", text } of records) {
        const index = memory.logs.findIndex(
          (known) => known.line === line && known.stream === stream && known.process === process
        )
        const at = index < 0 ? memory.logs.length : index
        memory.logs[at] = {
          index: at,
          line: line ?? at,
          timeMs: timeMs ?? Date.now(),
          level: level ?? null,
          stream,
          process,
          text
        }
        lines.push(memory.logs[at])
      }
      live.announce("logs", runNames(memory.run), { type: "logs", run: memory.run.id, lines })
      return { accepted: lines.length, rejected: [], sequence: options?.sequence ?? 0, duplicate: false }
    }),
  read: (run, query = {}, options) =>
    answer("logs.read", options?.signal, () => {
      const { search, level, stream, from = 0, limit = 1000 } = query
      const pattern = search === undefined ? null : query.regex === true ? new RegExp(search) : null
      const { logs } = data.run(run)
      const all = logs.filter(
        (line) =>
          (level === undefined || (line.level !== null && level.includes(line.level))) &&
          (stream === undefined || line.stream === stream) &&
          (search === undefined || (pattern?.test(line.text) ?? line.text.toLowerCase().includes(search.toLowerCase())))
      )
      const start = from < 0 ? Math.max(0, all.length + from) : all.findIndex((line) => line.index >= from)
      const items = start < 0 ? [] : all.slice(start, start + limit)
      const last = items.at(-1)
      return { items, next: last === undefined || last === all.at(-1) ? null : last.index + 1, total: logs.length }
    }),
  download: (run, options) =>
    answer(
      "logs.download",
      options?.signal,
      () =>
        new Blob(
          data.run(run).logs.map(({ text }) => `${text}\n`),
          { type: "text/plain" }
        )
    )
})
