/**
 * HTTP end to end, durable: frames against a JSON-rows server over SQL rows, a thousand open connections with mixed traffic that
 * leaves on a clock, and how long the server's loop stalls while ten million raw points stream out.
 */
import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { createClient } from "@wanllmdb/core/client"
import { batch, frameHeaders, jsonHeaders } from "./http/frames.ts"
import { closedLoop, openLoop, requestBytes } from "./http/LoadClient.ts"
import { isServerProcess, ServerProcess, serve } from "./http/serverProcess.ts"
import { percentile, report } from "./report/Report.ts"

const seconds = Number(process.env.WANLLMDB_BENCH_SECONDS ?? 6)
const columns = "application/vnd.wanllmdb.columns"

const inFolder = async (use: (folder: string) => Promise<void>) => {
  const folder = mkdtempSync(join(tmpdir(), "wanllmdb-bench-"))
  try {
    await use(folder)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

const makeRuns = async (server: ServerProcess, count: number) => {
  const client = createClient({ baseUrl: server.url, WebSocket: null })
  const project = await client.projects.create({ name: "Bench" })
  const runs: Array<string> = []
  for (let i = 0; i < count; i++) runs.push((await client.runs.create(project.id, { config: { lr: i / 1000 } })).id)
  return { client, project: project.id, runs }
}

const frames = async (out: ReturnType<typeof report>) => {
  const { frame, json } = batch(0, 100, 10)
  let ours = 0
  let rows = 0
  await inFolder(async (folder) => {
    const server = await ServerProcess.start("wanllmdb", folder)
    const { runs } = await makeRuns(server, 8)
    const requests = runs.map((run) => requestBytes("POST", `/api/v1/runs/${run}/metrics`, frameHeaders, frame))
    await closedLoop(server.target, 64, 2, (connection) => requests[connection % 8]!)
    await server.reset()
    const load = await closedLoop(server.target, 64, seconds, (connection) => requests[connection % 8]!)
    const { cpuSeconds, rssMiB } = await server.figures()
    ours = load.perSecond
    out.row(
      "frames of 1,000 points, 64 connections:",
      ours,
      "posts/s,",
      ours / 1000,
      "M points/s, p95",
      percentile(load.latenciesMs, 0.95),
      "ms, server CPU",
      (cpuSeconds / load.latenciesMs.length) * 1e6,
      "us/post, RSS",
      rssMiB,
      "MiB, failures",
      load.failures
    )
    await server.close()
  })
  await inFolder(async (folder) => {
    const server = await ServerProcess.start("rows", folder)
    const request = requestBytes("POST", "/", jsonHeaders, json)
    await closedLoop(server.target, 64, 1, () => request)
    const load = await closedLoop(server.target, 64, seconds, () => request)
    rows = load.perSecond
    out.row(
      "JSON rows into SQL rows, 64 connections:",
      rows,
      "posts/s,",
      rows / 1000,
      "M points/s, p95",
      percentile(load.latenciesMs, 0.95),
      "ms"
    )
    await server.close()
  })
  out.atLeast("frames_per_second", ours, 17_000, "/s")
  out.atLeast("times_json_rows", ours / rows, 50, "x")
}

interface MixedServer {
  readonly server: ServerProcess
  /** Requests of one kind each; `turn` picks run and key. */
  readonly kinds: Readonly<Record<"buckets" | "list" | "run" | "append", (turn: number) => Uint8Array>>
}

/** A hundred runs of 10,000 steps and ten keys. */
const onMixedServer = async (use: (mixed: MixedServer) => Promise<void>) =>
  inFolder(async (folder) => {
    const server = await ServerProcess.start("wanllmdb", folder)
    const { client, project, runs } = await makeRuns(server, 100)
    for (const run of runs) {
      for (let part = 0; part < 5; part++) await client.metrics.append(run, batch(part * 2000, 2000, 10).frame)
    }
    // The import of ten million points is compacted before the traffic begins.
    await new Promise((resolve) => setTimeout(resolve, 10_000))
    const small = batch(1e6, 10, 10).frame
    const pick = (turn: number) => runs[(turn * 7) % runs.length]!
    const list = `/api/v1/projects/${project}/runs?limit=50&sort=-config.lr&columns=config.lr,summary.key%2F0`
    await use({
      server,
      kinds: {
        buckets: (turn) =>
          requestBytes("GET", `/api/v1/runs/${pick(turn)}/metrics/buckets?key=key%2F${turn % 10}&buckets=500`, {
            accept: columns
          }),
        list: () => requestBytes("GET", list),
        run: (turn) => requestBytes("GET", `/api/v1/runs/${pick(turn)}`),
        append: (turn) => requestBytes("POST", `/api/v1/runs/${pick(turn)}/metrics`, frameHeaders, small)
      }
    })
    await server.close()
  })

/** What one request of each kind costs the server, all its threads together. */
const costs = async (out: ReturnType<typeof report>) =>
  onMixedServer(async ({ server, kinds }) => {
    for (const [name, next] of Object.entries(kinds)) {
      let turn = 0
      const each = () => next(turn++)
      await closedLoop(server.target, 16, 1, each)
      await server.reset()
      const load = await closedLoop(server.target, 16, seconds / 3, each)
      const { cpuSeconds } = await server.figures()
      out.row(`${name}:`, (cpuSeconds / load.latenciesMs.length) * 1e6, "us CPU/request,", load.perSecond, "/s")
    }
  })

const mixed = async (out: ReturnType<typeof report>) =>
  onMixedServer(async ({ server, kinds: { append, buckets, list, run } }) => {
    const order = [buckets, list, buckets, run, append]
    const next = (turn: number) => order[turn % order.length]!(turn)
    await openLoop(server.target, 1000, 2, 1000, next)
    await server.reset()
    const load = await openLoop(server.target, 1000, seconds, 2000, next)
    const { cpuSeconds, loopDelayP99, rssMiB } = await server.figures()
    const p95 = percentile(load.latenciesMs, 0.95)
    out.row(
      "1,000 connections, 2,000 requests/s, 4 reads to 1 append: p50",
      percentile(load.latenciesMs, 0.5),
      "p95",
      p95,
      "p99",
      percentile(load.latenciesMs, 0.99),
      "ms, answered",
      load.perSecond,
      "/s, failures",
      load.failures,
      "server CPU",
      (cpuSeconds / load.latenciesMs.length) * 1e6,
      "us/request, loop delay p99",
      loopDelayP99,
      "ms, RSS",
      rssMiB,
      "MiB"
    )
    out.atMost("mixed_p95", p95, 200, "ms")
  })

const stream = async (out: ReturnType<typeof report>) =>
  inFolder(async (folder) => {
    const server = await ServerProcess.start("wanllmdb", folder)
    const { client, runs } = await makeRuns(server, 1)
    const run = runs[0]!
    const rows = 20_000
    for (let part = 0; part < 500; part++) await client.metrics.append(run, batch(part * rows, rows, 1).frame)
    await server.reset()
    const started = performance.now()
    const response = await fetch(`${server.url}/api/v1/runs/${run}/metrics/points?key=key%2F0`)
    let bytes = 0
    for await (const part of response.body!) bytes += part.length
    const took = (performance.now() - started) / 1000
    const { loopDelayP99, rssMiB } = await server.figures()
    out.row(
      "10,000,000 raw points as NDJSON:",
      took,
      "s,",
      bytes / 1e6,
      "MB, loop delay p99",
      loopDelayP99,
      "ms, RSS",
      rssMiB,
      "MiB"
    )
    out.atMost("export_loop_delay_p99", loopDelayP99, 20, "ms")
    await server.close()
  })

const parts: Readonly<Record<string, (out: ReturnType<typeof report>) => Promise<void>>> = {
  frames,
  costs,
  mixed,
  stream
}

if (isServerProcess) await serve()
else {
  const out = report("http")
  // `node dist/http.js mixed` runs one part.
  for (const name of process.argv.length > 2 ? process.argv.slice(2) : Object.keys(parts)) {
    const part = parts[name]
    if (part === undefined) throw new Error(`No part "${name}": there are ${Object.keys(parts).join(", ")}`)
    await part(out)
  }
  out.close()
}
