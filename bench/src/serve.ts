/**
 * The built `wanllmdb serve` as a user meets it: how soon it answers, what it holds in memory, how soon a logged point can be
 * read, and how long a page with a hundred charts takes in a browser, from its address to the last line drawn. The cost of
 * `run.log` is `bench:tracker`. Needs Chromium (CHROMIUM_PATH).
 */
import { type ChildProcess, spawn } from "node:child_process"
import { mkdtempSync, rmSync } from "node:fs"
import { createRequire } from "node:module"
import { tmpdir } from "node:os"
import { dirname, join } from "node:path"
import { createClient, type WanllmdbClient } from "@wanllmdb/core/client"
import { batch } from "./http/frames.ts"
import { median, percentile, report } from "./report/Report.ts"
import { openBrowser, type PageTimes, scrollCharts } from "./serve/chartPage.ts"

const command = join(dirname(createRequire(import.meta.url).resolve("@wanllmdb/cli/package.json")), "dist/main.js")

interface Served {
  readonly url: string
  /** From the start of the process to the first answered request. */
  readonly firstAnswerMs: number
  readonly child: ChildProcess
}

const serve = async (data: string): Promise<Served> => {
  const started = performance.now()
  const child = spawn(process.execPath, [command, "serve", "--port", "0", "--data", data], {
    stdio: ["ignore", "pipe", "inherit"]
  })
  const url = await new Promise<string>((resolve, reject) => {
    let text = ""
    child.stdout.on("data", (part) => {
      text += part
      const match = /ready at (http:\S+)/.exec(text)
      if (match !== null) resolve(match[1]!)
    })
    child.once("exit", (code) => reject(new Error(`serve ended with ${code}`)))
  })
  const response = await fetch(`${url}/api/v1/projects`)
  await response.arrayBuffer()
  return { url, firstAnswerMs: performance.now() - started, child }
}

const stop = async ({ child }: Served) => {
  const ended = new Promise((resolve) => child.once("exit", resolve))
  child.kill("SIGTERM")
  await ended
}

const rssMiB = async ({ url }: Served): Promise<number> => {
  const text = await (await fetch(`${url}/metrics`)).text()
  return Number(/^process_resident_memory_bytes (\d+)/m.exec(text)?.[1]) / 1024 / 1024
}

const startTimes = async (data: string, times: number): Promise<number> => {
  const all: Array<number> = []
  for (let i = 0; i < times; i++) {
    const served = await serve(data)
    all.push(served.firstAnswerMs)
    await stop(served)
  }
  return median(all)
}

/** Milliseconds from the beginning of a POST until a read shows the point. */
const visible = async (client: WanllmdbClient, project: string): Promise<ReadonlyArray<number>> => {
  const run = await client.runs.create(project, {})
  const times: Array<number> = []
  for (let step = 1; step <= 200; step++) {
    const started = performance.now()
    await client.metrics.append(run.id, { rows: [{ step, values: { loss: step } }] })
    const keys = await client.metrics.keys(run.id)
    if (keys.items[0]?.last !== step) throw new Error(`step ${step} was acknowledged and is not visible`)
    times.push(performance.now() - started)
  }
  return times
}

const charts = 100
const chartRuns = 7

const chartPage = async (client: WanllmdbClient, project: string, runs: ReadonlyArray<string>): Promise<number> => {
  const started = performance.now()
  const waiting = Array.from({ length: charts }, (_, i) => `key/${i}`)
  let series = 0
  // As many at once as a browser's connections.
  await Promise.all(
    Array.from({ length: 6 }, async () => {
      for (let key = waiting.shift(); key !== undefined; key = waiting.shift()) {
        for await (const each of client.metrics.series(project, { runs, keys: [key], buckets: 1000 })) {
          if (each.x.length > 0) series++
        }
      }
    })
  )
  if (series < charts * chartRuns) throw new Error(`${series} of ${charts * chartRuns} series came`)
  return performance.now() - started
}

/** Each time a server that has read nothing yet, and a browser that has cached nothing. */
const chartPages = async (data: string, path: string, times: number): Promise<ReadonlyArray<PageTimes>> => {
  const browser = await openBrowser()
  const all: Array<PageTimes> = []
  try {
    for (let i = 0; i < times; i++) {
      const served = await serve(data)
      all.push(await scrollCharts(browser, served.url + path, charts))
      await stop(served)
    }
  } finally {
    await browser.close()
  }
  return all
}

const out = report("serve")
const folder = mkdtempSync(join(tmpdir(), "wanllmdb-bench-"))
try {
  const data = join(folder, "data")
  const empty = await startTimes(join(folder, "empty"), 3)
  const filling = await serve(data)
  const client = createClient({ baseUrl: filling.url, WebSocket: null })
  const project = await client.projects.create({ name: "Serve" })
  const big = await client.runs.create(project.id, {})
  for (let part = 0; part < 500; part++) await client.metrics.append(big.id, batch(part * 200, 200, 100).frame)
  await client.runs.finish(big.id, { state: "finished" })
  const page = await client.projects.create({ name: "Charts" })
  const runs: Array<string> = []
  for (let i = 0; i < chartRuns; i++) {
    const run = await client.runs.create(page.id, {})
    for (let part = 0; part < 10; part++) await client.metrics.append(run.id, batch(part * 200, 200, charts).frame)
    await client.runs.finish(run.id, { state: "finished" })
    runs.push(run.id)
  }
  // Compaction of ended runs is part of the store that the next start meets.
  await new Promise((resolve) => setTimeout(resolve, 12_000))
  await stop(filling)
  const full = await startTimes(data, 3)
  const pages = await chartPages(data, `/${page.entity}/${page.slug}?view=charts`, 3)
  const served = await serve(data)
  const warm = createClient({ baseUrl: served.url, WebSocket: null })
  const pageMs = await chartPage(warm, page.id, runs)
  for await (const _ of warm.metrics.series(project.id, { runs: [big.id], keys: ["key/0", "key/1"] }));
  const times = await visible(warm, project.id)
  const rss = await rssMiB(served)
  await stop(served)
  out.row("first answer after start: empty", empty, "ms, with 10,000,000 points", full, "ms")
  out.row("a point visible: p50", percentile(times, 0.5), "p95", percentile(times, 0.95), "ms")
  for (const { firstScreenMs, allMs, screens } of pages) {
    out.row(
      "page of 100 charts x 7 runs x 2,000 points, cold: first screen",
      firstScreenMs,
      "ms, all",
      allMs,
      "ms in",
      String(screens),
      "screens"
    )
  }
  out.row("its data alone, cold:", pageMs, "ms; RSS", rss, "MiB")
  out.atMost("first_answer_empty", empty, 500, "ms")
  out.atMost("first_answer_full", full, 500, "ms")
  out.atMost("visible_p95", percentile(times, 0.95), 15, "ms")
  out.atMost("chart_page_drawn", median(pages.map(({ allMs }) => allMs)), 1500, "ms")
  out.atMost("chart_page_data", pageMs, 1500, "ms")
  out.atMost("rss", rss, 200, "MiB")
} finally {
  rmSync(folder, { recursive: true, force: true })
}
out.close()
