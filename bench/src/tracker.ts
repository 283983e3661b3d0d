/**
 * What one `run.log` costs the training: 100 keys a call, written to the spool before it returns. Beside it what a tracker
 * pays that appends one JSON line a call to a file, the usual way of a local log.
 */
import { closeSync, mkdtempSync, openSync, rmSync, writeSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { init } from "@wanllmdb/tracker-node"
import { median, percentile, report } from "./report/Report.ts"

const keys = Array.from({ length: 100 }, (_, i) => `layer${i}/loss`)
const calls = 5000
const rounds = 9

const valuesAt = (step: number): Record<string, number> => {
  const values: Record<string, number> = {}
  for (let k = 0; k < keys.length; k++) values[keys[k]!] = Math.fround(1 / (1 + step + k))
  return values
}

const batch = Array.from({ length: calls }, (_, step) => valuesAt(step))

/** Microseconds a call, one figure per round; the first round warms up and is left out. */
const measure = async (log: (values: Record<string, number>) => void): Promise<ReadonlyArray<number>> => {
  const figures: number[] = []
  for (let round = 0; round <= rounds; round++) {
    const start = performance.now()
    for (const values of batch) log(values)
    if (round > 0) figures.push(((performance.now() - start) * 1000) / calls)
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
  return figures
}

const main = async (): Promise<void> => {
  const out = report("tracker")
  const folder = mkdtempSync(join(tmpdir(), "wanllmdb-bench-"))
  try {
    const run = init({
      mode: "offline",
      dir: join(folder, "spool"),
      captureConsole: false,
      systemMetrics: false,
      git: false,
      packages: false,
      onMessage: () => {}
    })
    const ours = await measure((values) => run.log(values))
    const single: number[] = []
    for (const values of batch) {
      const start = performance.now()
      run.log(values)
      single.push((performance.now() - start) * 1000)
    }
    await run.finish()

    const fd = openSync(join(folder, "log.jsonl"), "a")
    let step = 0
    const json = await measure((values) => {
      writeSync(fd, `${JSON.stringify({ step: step++, time: Date.now(), ...values })}\n`)
    })
    closeSync(fd)

    out.row("100 keys a call".padEnd(34), "µs a call", "of rounds:", "least", "most")
    const show = (name: string, figures: ReadonlyArray<number>): void =>
      out.row(name.padEnd(34), median(figures), "         ", Math.min(...figures), Math.max(...figures))
    show("run.log into the spool", ours)
    show("JSON line appended to a file", json)
    out.row("single calls: p50, p99", percentile(single, 0.5), percentile(single, 0.99))
    out.atMost("log100", median(ours), 15, "us")
    out.atLeast("ratio_json_line", median(json) / median(ours), 4)
    out.close()
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

await main()
