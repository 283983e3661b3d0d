/**
 * What the W&B protocol costs: four unmodified clients that log 100 keys a row into SQLite, beside the same clients against a
 * server that parses and throws away; and how long one body of 10 MB holds up everyone else.
 */
import { mkdirSync, mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { monitorEventLoopDelay } from "node:perf_hooks"
import { median, report } from "./report/Report.ts"
import { clientPrograms, pointsPerSecond } from "./wandb/clients.ts"
import { isServerProcess, openWanllmdb, type ServerKind, serve, startServer } from "./wandb/servers.ts"

const load = { clients: 4, rows: 3_000, keys: 100 }
const rounds = 5
const bodyRows = 5_000
const bodies = 6

/** One body as the client sends it when it logged fast: about 10 MB of rows of 100 keys. */
const largeBody = (offset: number): string => {
  const content = Array.from({ length: bodyRows }, (_, row) => {
    const step = offset + row
    const values = Array.from({ length: 100 }, (_, key) => `"k${key}":${(step + key / 128).toFixed(7)}`)
    return `{"_step":${step},"_runtime":${step / 100},"_timestamp":${1.79e9 + step},${values.join(",")}}`
  })
  return JSON.stringify({ files: { "wandb-history.jsonl": { offset, content } } })
}

/** The longest that the event loop was held while bodies were taken, per body, in milliseconds. */
const measureHold = async (folder: string) => {
  const wan = openWanllmdb(folder)
  await wan.ready
  const post = (path: string, body: string) =>
    wan.handler(
      new Request(`http://localhost${path}`, {
        method: "POST",
        body,
        headers: { "content-type": "application/json" }
      }),
      { peer: "127.0.0.1" }
    )
  const variables = { project: "bench", name: "hold" }
  await post("/graphql", JSON.stringify({ query: "mutation UpsertBucket { x }", variables }))
  const holds: Array<number> = []
  const idle: Array<number> = []
  const takes: Array<number> = []
  let megabytes = 0
  for (let body = 0; body < bodies; body++) {
    const text = largeBody(body * bodyRows)
    megabytes = text.length / 1e6
    const still = monitorEventLoopDelay({ resolution: 1 })
    still.enable()
    await new Promise((resolve) => setTimeout(resolve, 300))
    still.disable()
    idle.push(still.max / 1e6)
    const delay = monitorEventLoopDelay({ resolution: 1 })
    delay.enable()
    const start = performance.now()
    const response = await post("/files/local/bench/hold/file_stream", text)
    if (response.status !== 200) throw new Error(`${response.status} ${await response.text()}`)
    await response.text()
    takes.push(performance.now() - start)
    await new Promise((resolve) => setTimeout(resolve, 5))
    delay.disable()
    holds.push(delay.max / 1e6)
  }
  await wan.close()
  // The first body also warms up the compiler.
  return {
    megabytes,
    holdMs: median(holds.slice(1)),
    idleMs: median(idle.slice(1)),
    worstMs: Math.max(...holds.slice(1)),
    takeMs: median(takes.slice(1))
  }
}

const main = async (): Promise<void> => {
  const out = report("wandb")
  const root = mkdtempSync(join(tmpdir(), "wanllmdb-bench-wandb-"))
  try {
    const { holdMs, idleMs, megabytes, takeMs, worstMs } = await measureHold(root)
    out.row(
      `one body of ${megabytes.toFixed(1)} MB`.padEnd(34),
      "stored in ms",
      takeMs,
      "loop held ms",
      holdMs,
      "worst",
      worstMs
    )
    out.row("the same loop with nothing to do".padEnd(34), "loop held ms", idleMs)
    out.atMost("body_hold", holdMs, 50, "ms")
    const bin = clientPrograms()
    if (bin === null) {
      out.row("the W&B client cannot be installed here: no rates")
      out.close()
      return
    }
    const rates: Record<ServerKind, Array<number>> = { wanllmdb: [], sink: [] }
    for (let round = 0; round < rounds; round++) {
      // Each goes first in turn: whatever else the machine does meets both alike.
      const order = round % 2 === 0 ? (["sink", "wanllmdb"] as const) : (["wanllmdb", "sink"] as const)
      for (const kind of order) {
        const folder = join(root, `${kind}${round}`)
        mkdirSync(folder)
        const server = await startServer(kind, folder)
        rates[kind].push(await pointsPerSecond(bin, server.url, folder, load, `r${round}`))
        server.child.kill("SIGKILL")
      }
    }
    for (const kind of ["wanllmdb", "sink"] as const) {
      out.row(
        `four clients, 100 keys: ${kind}`.padEnd(34),
        "points/s",
        median(rates[kind]),
        "of rounds",
        ...rates[kind]
      )
    }
    out.atLeast("points_per_second", median(rates.wanllmdb), 100_000)
    out.atLeast("ratio_sink", median(rates.wanllmdb.map((rate, round) => rate / rates.sink[round]!)), 0.6)
    out.close()
  } finally {
    rmSync(root, { recursive: true, force: true })
  }
}

await (isServerProcess ? serve() : main())
