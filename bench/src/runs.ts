/**
 * Finding runs: filter and sort of 100,000 runs with 20 config and 51 summary keys, against a scan of the same runs as JSON
 * text by SQLite, and against JSON.parse of each. Ours is the whole engine call, page of 50 runs read back included.
 */
import { mkdtempSync, rmSync } from "node:fs"
import { createRequire } from "node:module"
import { tmpdir } from "node:os"
import { join } from "node:path"
import {
  newIdentifier,
  type Project,
  Projects,
  RunEvents,
  RunId,
  type RunRow,
  RunSearch,
  RunStore,
  Transactor,
  trackingLayer
} from "@wanllmdb/core"
import { sqlite } from "@wanllmdb/storage-sqlite"
import { Effect, Layer, ManagedRuntime } from "effect"
import { median, report } from "./report/Report.ts"

const folder = mkdtempSync(join(tmpdir(), "wanllmdb-runs-"))
process.on("exit", () => rmSync(folder, { recursive: true, force: true }))

const out = report("runs")
const count = Number(process.env.WANLLMDB_BENCH_RUNS ?? 100_000)
const startTime = 1_790_000_000_000

let seed = 7
const random = (): number => {
  seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) >>> 0
  return seed / 2 ** 32
}

const configOf = (): Record<string, number | string> => ({
  lr: 10 ** (-5 + 4 * random()),
  optimizer: ["adam", "sgd", "lion"][Math.floor(3 * random())]!,
  ...Object.fromEntries(Array.from({ length: 18 }, (_, i) => [`param_${i}`, Math.round(random() * 1e6) / 1e3]))
})
const summaryOf = (): Record<string, number> => ({
  loss: random(),
  ...Object.fromEntries(Array.from({ length: 50 }, (_, i) => [`metric_${i}`, random()]))
})

const rowOf = (project: Project, id: RunId, i: number): RunRow => ({
  id,
  project: project.id,
  slug: `run-${i}`,
  name: `run ${i}`,
  state: i % 10 === 0 ? "failed" : "finished",
  tags: i % 4 === 0 ? ["baseline"] : [],
  group: `g${i % 50}`,
  jobType: null,
  user: null,
  host: null,
  gitCommit: null,
  createdAt: startTime + i,
  updatedAt: startTime + i,
  heartbeatAt: null,
  finishedAt: startTime + i,
  deletedAt: null,
  startedAt: startTime,
  pausedMs: 0,
  pausedAt: null,
  aliveAt: startTime + i,
  configVersion: 1,
  exitCode: 0,
  stopRequested: false,
  segment: 0,
  parent: null,
  idempotencyKey: null,
  figuresSequence: 0,
  rev: 1
})

const documents: Array<{ readonly config: string; readonly summary: string }> = []

const fill = (project: Project) =>
  Effect.gen(function* () {
    const store = yield* RunStore
    const { transaction } = yield* Transactor
    const insert = Effect.fnUntraced(function* (i: number) {
      const config = configOf()
      const summary = summaryOf()
      documents.push({ config: JSON.stringify(config), summary: JSON.stringify(summary) })
      const parts = { notes: "", userSummary: {}, figures: {}, environment: null }
      yield* store.insert(rowOf(project, RunId.make(yield* newIdentifier), i), { config, summary, ...parts })
    })
    for (let from = 0; from < count; from += 1_000) {
      const group = Array.from({ length: Math.min(1_000, count - from) }, (_, i) => from + i)
      yield* transaction(Effect.forEach(group, insert, { discard: true }))
    }
  })

const open = () =>
  ManagedRuntime.make(
    trackingLayer.pipe(
      Layer.provideMerge(Layer.merge(sqlite({ file: join(folder, "runs.db") }).layer, RunEvents.layer))
    )
  )

const query = { filter: "config.lr<0.001", sort: "loss", limit: 50, columns: ["config.lr", "loss"] }

const timed = async (run: () => unknown): Promise<number> => {
  const start = performance.now()
  await run()
  return performance.now() - start
}

let runtime = open()
const project = await runtime.runPromise(Effect.flatMap(Projects, (projects) => projects.create({ name: "bench" })))
const filling = await timed(() => runtime.runPromise(fill(project)))
out.row("insert", count, "runs", filling / 1000, "s")

const search = () =>
  runtime.runPromise(Effect.flatMap(RunSearch, (engine) => engine.search({ project: project.id, ...query })))
out.row("first search, which builds the index", (await timed(search)) / 1000, "s")
await runtime.dispose()

const cold: Array<number> = []
for (let round = 0; round < 5; round++) {
  runtime = open()
  // The file is opened beforehand: what is measured is reading pages, not starting a process.
  await runtime.runPromise(Effect.flatMap(Projects, (projects) => projects.get(project.id)))
  cold.push(await timed(search))
  if (round < 4) await runtime.dispose()
}
const ours = await search()
const warm: Array<number> = []
for (let round = 0; round < 200; round++) warm.push(await timed(search))

const Database = createRequire(import.meta.url)("better-sqlite3")
const json = new Database(join(folder, "json.db"))
json.exec("create table runs (id integer primary key, config text not null, summary text not null)")
const insert = json.prepare("insert into runs (config, summary) values (?, ?)")
json.transaction(() => {
  for (const { config, summary } of documents) insert.run(config, summary)
})()
const scan = json.prepare(
  `select id, summary ->> '$.loss' as loss from runs where config ->> '$.lr' < 0.001 order by loss limit 50`
)
const scans: Array<number> = []
let scanned: ReadonlyArray<{ readonly loss: number }> = []
for (let round = 0; round < 5; round++) {
  scans.push(
    await timed(() => {
      scanned = scan.all()
    })
  )
}
const parses: Array<number> = []
for (let round = 0; round < 3; round++) {
  parses.push(
    await timed(() =>
      documents
        .map(({ config, summary }) => ({ lr: JSON.parse(config).lr, loss: JSON.parse(summary).loss }))
        .filter(({ lr }) => lr < 0.001)
        .sort((a, b) => a.loss - b.loss)
        .slice(0, 50)
    )
  )
}
await runtime.dispose()

const same = ours.items.every((item, index) => item.columns[1] === scanned[index]?.loss)
out.row("same 50 runs as the JSON scan", same ? "yes" : "NO", "of", ours.total, "matches")
out.row("search, warm, median of 200", median(warm), "ms")
out.row("search, cold, median of 5", median(cold), "ms")
out.row("JSON scan by SQLite", median(scans), "ms")
out.row("JSON.parse of every run", median(parses), "ms")
out.atLeast("same", same ? 1 : 0, 1)
out.atMost("search_ms", median(warm), 5)
out.atLeast("vs_json_scan", median(scans) / median(warm), 100, "x")
out.close()
