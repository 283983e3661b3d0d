/** A million log lines: appending, searching by text and expression, reading the end, beside rows of JSON in the same SQLite. */
import { mkdtempSync, rmSync, statSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { monitorEventLoopDelay } from "node:perf_hooks"
import { type LogSearch, LogStore, RunId } from "@wanllmdb/core"
import { sqlite } from "@wanllmdb/storage-sqlite"
import { Effect } from "effect"
import { jsonLogRows } from "./baseline/jsonLogRows.ts"
import { median, report } from "./report/Report.ts"

const total = 1_000_000
const batch = 1_000
const rare = 100_000
const run = RunId.make("1".repeat(32))

/** Lines as a training loop prints them; every 100,000th says that something was not a number. */
const lineOf = (at: number) => {
  const noise = Math.imul(at, 2_654_435_761) >>> 0
  const loss = (noise / 2 ** 32 + 1e4 / (at + 1)).toFixed(6)
  const warning = at % rare === rare - 1
  return {
    text: warning
      ? `step ${at}: gradient is NaN, batch skipped (scaler ${noise & 0xffff})`
      : `[rank0] epoch ${Math.trunc(at / 1000)} step ${at} loss ${loss} lr ${(noise % 997) / 1e6} tokens/s ${noise % 90_000}`,
    timeMs: 1_790_000_000_000 + at * 7,
    level: warning ? ("warn" as const) : ("info" as const)
  }
}

const searches: ReadonlyArray<readonly [string, LogSearch, number]> = [
  ["text, ten matches", { text: "gradient is nan" }, total / rare],
  ["text, no match", { text: "out of memory" }, 0],
  ["expression, ten matches", { regex: "NaN.*skipped \\(scaler \\d+\\)$" }, total / rare],
  ["expression, line by line", { regex: "is\\sNaN(?=,)" }, total / rare],
  ["text of two characters, no match", { text: "zq" }, 0],
  ["expression without plain text", { regex: "\\(\\w+ \\d+\\)$" }, total / rare],
  ["text in every line, no match of level", { text: "step", levels: ["error"] }, 0],
  ["level", { levels: ["warn"] }, total / rare]
]

const out = report("logs")
const folder = mkdtempSync(join(tmpdir(), "wanllmdb-bench-logs-"))
const file = join(folder, "logs.db")

const seconds = (start: number) => (performance.now() - start) / 1000

const measure = Effect.gen(function* () {
  const store = yield* LogStore
  const appending = performance.now()
  for (let at = 0; at < total; at += batch) {
    const lines = Array.from({ length: batch }, (_, n) => lineOf(at + n))
    yield* store.append({ run, lines, receivedAt: 0 })
  }
  const perSecond = total / seconds(appending)
  const bytes = statSync(file).size / total
  out.row("append, 1,000 lines a batch, durable".padEnd(44), perSecond, "lines/s", bytes, "bytes/line")

  let worst = 0
  let plain = 0
  const delay = monitorEventLoopDelay({ resolution: 1 })
  for (const [name, search, expected] of searches) {
    const times: Array<number> = []
    for (let round = 0; round < 5; round++) {
      delay.enable()
      const start = performance.now()
      const page = yield* store.read({ run, search })
      times.push(performance.now() - start)
      delay.disable()
      if (page.lines.length !== expected || page.next !== null) throw new Error(`${name}: ${page.lines.length} matches`)
    }
    const ms = median(times)
    if (name.startsWith("text") || name.startsWith("expression")) worst = Math.max(worst, ms)
    if (plain === 0) plain = ms
    out.row(`search: ${name}`.padEnd(44), ms, "ms")
  }
  const loop = delay.percentile(99) / 1e6

  const small: Array<number> = []
  for (let round = 0; round < 50; round++) {
    const start = performance.now()
    const page = yield* store.read({ run, from: -200, limit: 200 })
    small.push(performance.now() - start)
    if (page.lines.length !== 200) throw new Error("the end is short")
  }
  out.row("the last 200 lines".padEnd(44), median(small), "ms")
  return { worst, plain, loop, perSecond, bytes }
})

try {
  const ours = await Effect.runPromise(measure.pipe(Effect.provide(sqlite({ file }).layer)))
  const rows = jsonLogRows(join(folder, "rows.db"))
  const appending = performance.now()
  for (let at = 0; at < total; at += batch) rows.append(Array.from({ length: batch }, (_, n) => lineOf(at + n)))
  const rowsPerSecond = total / seconds(appending)
  rows.count("gradient is nan")
  const searching = performance.now()
  if (rows.count("gradient is nan") !== total / rare) throw new Error("the baseline finds something else")
  const rowsMs = performance.now() - searching
  rows.close()
  const rowsBytes = statSync(join(folder, "rows.db")).size / total
  out.row("JSON rows: append".padEnd(44), rowsPerSecond, "lines/s", rowsBytes, "bytes/line")
  out.row("append beside JSON rows".padEnd(44), ours.perSecond / rowsPerSecond, "x")
  out.row("JSON rows: search text".padEnd(44), rowsMs, "ms")
  out.atMost("search-1m", ours.worst, 500, "ms")
  out.atLeast("search-vs-json-rows", rowsMs / ours.plain, 3, "x")
  out.atMost("loop-delay-p99", ours.loop, 20, "ms")
  out.atMost("bytes-per-line", ours.bytes, 40)
} finally {
  rmSync(folder, { recursive: true, force: true })
}
out.close()
