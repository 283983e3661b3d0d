import { afterEach, expect, test, vi } from "vitest"
import { createMemoryClient, digitsFixtures } from "../src/client-memory/index.ts"
import { columnLayout } from "../src/run-table/columnLayout.ts"
import { gridKeys } from "../src/run-table/gridKeys.ts"
import { pickColumns } from "../src/run-table/pickColumns.ts"
import { parseSort, sortText } from "../src/run-table/RunRow.ts"
import { RunTableController } from "../src/run-table/RunTableController.ts"
import type { RunTableOptions } from "../src/run-table/RunTableState.ts"
import { runsCsv } from "../src/run-table/runsCsv.ts"

const open: Array<RunTableController> = []
const until = (check: () => void | Promise<void>) => vi.waitFor(check, { timeout: 5000, interval: 5 })

afterEach(() => {
  for (const controller of open.splice(0)) controller.dispose()
})

const start = async (runs: number, options: RunTableOptions = {}) => {
  const client = createMemoryClient(digitsFixtures({ runs, points: 20 }))
  const controller = new RunTableController({ client, project: "vision:digits", ...options })
  open.push(controller)
  await until(() => expect(controller.getSnapshot().status).toBe("ready"))
  return { client, controller }
}

test("columns nobody chose are picked: results first, then the setting people vary", async () => {
  const { controller } = await start(5)
  expect(controller.getSnapshot().columns).toEqual(["summary.val/acc", "summary.loss", "config.lr"])
  expect(controller.columnsByHand).toBe(false)
  expect(pickColumns(["config.seed", "summary.system/cpu"])).toEqual(["config.seed"])
})

test("a setting that differs between runs goes before one that is alike everywhere", async () => {
  const client = createMemoryClient({
    projects: [
      {
        slug: "p",
        entity: "e",
        runs: [1, 2].map((at) => ({ slug: `r${at}`, config: { optimizer: "adam", learning: at } }))
      }
    ]
  })
  const controller = new RunTableController({ client, project: "e:p" })
  open.push(controller)
  await until(() => expect(controller.getSnapshot().columns).toEqual(["config.learning"]))
})

test("rows far down load page after page", async () => {
  const { client, controller } = await start(700)
  expect(controller.getSnapshot().rows.total).toBe(700)
  expect(controller.getSnapshot().rows.at(650)).toBe(undefined)
  controller.send({ type: "need", first: 640, last: 660 })
  await until(() => expect(controller.getSnapshot().rows.at(650)).toBeDefined())
  expect(client.calls.filter((call) => call === "runs.search").length).toBe(4)
})

test("the first ten runs are shown until someone chooses; alone and again gives the ten back", async () => {
  const { controller } = await start(21)
  expect(controller.shownRuns()).toHaveLength(10)
  const first = controller.getSnapshot().rows.at(0)!.id
  controller.send({ type: "toggleShown", run: first, alone: true })
  expect(controller.shownRuns().map(({ id }) => id)).toEqual([first])
  controller.send({ type: "toggleShown", run: first, alone: true })
  expect(controller.shownRuns()).toHaveLength(10)
  controller.send({ type: "sort", field: "summary.loss", descending: true })
  await until(() => expect(controller.getSnapshot().rows.at(0)!.id).not.toBe(first))
})

test("sorting turns its direction, and a further key is added beside the first", async () => {
  const { controller } = await start(5)
  controller.send({ type: "sort", field: "config.lr", descending: false })
  controller.send({ type: "sort", field: "name", additive: true, descending: false })
  controller.send({ type: "sort", field: "config.lr", additive: true })
  expect(sortText(controller.getSnapshot().sort)).toBe("-config.lr,name")
  expect(parseSort("-val/acc, created,,-")).toEqual([
    { field: "val/acc", descending: true },
    { field: "created", descending: false }
  ])
})

test("a bulk change is sent for the selection and the rows follow", async () => {
  const { client, controller } = await start(6)
  const runs = [0, 1].map((at) => controller.getSnapshot().rows.at(at)!.id)
  controller.send({ type: "select", runs, mode: "only" })
  controller.send({ type: "bulk", change: { op: "addTags", tags: ["kept"] } })
  await until(() => expect(controller.getSnapshot().rows.at(0)!.tags).toContain("kept"))
  controller.send({ type: "select", runs, mode: "only" })
  controller.send({ type: "bulk", change: { op: "delete" } })
  await until(() => expect(controller.getSnapshot().rows.total).toBe(4))
  controller.send({ type: "deleted", deleted: true })
  await until(() => expect(controller.getSnapshot().rows.total).toBe(2))
  expect(client.calls).toContain("runs.bulk")
})

test("new runs come on top by age; under another order they are announced and nothing moves", async () => {
  const { client, controller } = await start(4)
  await client.runs.create("vision:digits", { slug: "newest" })
  await until(() => expect(controller.getSnapshot().rows.at(0)!.slug).toBe("newest"))
  controller.send({ type: "sort", field: "name", descending: false })
  await until(() => expect(controller.getSnapshot().rows.at(0)!.slug).toBe("amber-kite-41"))
  await client.runs.create("vision:digits", { slug: "aaa" })
  await until(() => expect(controller.getSnapshot().fresh).toBe(1))
  expect(controller.getSnapshot().rows.total).toBe(5)
  controller.send({ type: "reload" })
  await until(() => expect(controller.getSnapshot().rows.at(0)!.slug).toBe("aaa"))
})

test("the first points of an empty project bring columns and rows by themselves", async () => {
  const client = createMemoryClient({ projects: [{ slug: "p", entity: "e" }] })
  const controller = new RunTableController({ client, project: "e:p" })
  open.push(controller)
  await until(() => expect(controller.getSnapshot().status).toBe("ready"))
  const run = await client.runs.create("e:p", { slug: "r", config: { lr: 1 } })
  await client.metrics.append(run.id, { rows: [{ values: { loss: 0.5 } }] })
  await until(() => expect(controller.getSnapshot().rows.at(0)?.columns).toEqual([0.5, 1]))
  await client.metrics.append(run.id, { rows: [{ values: { loss: "NaN" } }] })
  await until(() => expect(controller.getSnapshot().rows.at(0)?.columns[0]).toBe("NaN"))
})

test("results that come after the page is open complete the picked columns", async () => {
  const client = createMemoryClient({
    projects: [{ slug: "p", entity: "e", runs: [{ slug: "r", config: { lr: 1 } }] }]
  })
  const controller = new RunTableController({ client, project: "e:p" })
  open.push(controller)
  await until(() => expect(controller.getSnapshot().columns).toEqual(["config.lr"]))
  const step = async (values: Record<string, number>) => client.metrics.append("e:p:r", { rows: [{ values }] })
  await until(async () => {
    await step({ loss: 0.5 })
    expect(controller.getSnapshot().columns).toEqual(["summary.loss", "config.lr"])
  })
  await until(async () => {
    await step({ "val/acc": 0.9 })
    expect(controller.getSnapshot().rows.at(0)?.columns).toEqual([0.9, 0.5, 1])
  })
})

test("the host's own columns sort with missing values last, whichever the direction", () => {
  const data = { ids: ["a", "b", "c"], columns: { x: Float64Array.of(2, Number.NaN, 1) } }
  const controller = new RunTableController({ data, sort: "x" })
  open.push(controller)
  const order = () => [0, 1, 2].map((at) => controller.getSnapshot().rows.at(at)!.id)
  expect(order()).toEqual(["c", "a", "b"])
  controller.send({ type: "sort", field: "x" })
  expect(order()).toEqual(["a", "c", "b"])
  controller.send({ type: "filter", text: "c" })
  expect(controller.getSnapshot().rows.total).toBe(1)
})

test("a failed first page says why, Retry asks again, and a disposed table stays silent", async () => {
  const failing = new Map([["runs.search", "The database is busy"]])
  const client = createMemoryClient({ ...digitsFixtures({ runs: 2, points: 5 }), failing })
  const controller = new RunTableController({ client, project: "vision:digits" })
  await until(() => expect(controller.getSnapshot().status).toBe("error"))
  failing.clear()
  controller.send({ type: "reload" })
  await until(() => expect(controller.getSnapshot().status).toBe("ready"))
  const heard = vi.fn()
  controller.subscribe(heard)
  controller.dispose()
  controller.send({ type: "filter", text: "x" })
  expect(heard).not.toHaveBeenCalled()
})

test("a narrow table keeps the column it is sorted by", () => {
  const columns = ["summary.loss", "config.lr"]
  expect(columnLayout(375, columns, parseSort("config.lr")).columns).toEqual(["config.lr"])
  expect(columnLayout(375, columns, parseSort("-created")).columns).toEqual([])
  expect(columnLayout(452, columns, []).columns).toEqual(columns)
})

test("keys move within the grid and never out of it", () => {
  const place = { row: 0, column: 0, rows: 3, columns: 4, page: 10 }
  const press = (key: string, more = {}) =>
    gridKeys({ key, ctrlKey: false, metaKey: false, shiftKey: false, ...more }, place)
  expect(press("ArrowUp")).toMatchObject({ row: -1 })
  expect(press("ArrowLeft")).toMatchObject({ column: 0 })
  expect(press("PageDown")).toMatchObject({ row: 2 })
  expect(press("End", { ctrlKey: true })).toMatchObject({ row: 2, column: 3 })
  expect(press("a")).toBe(null)
  expect(press("a", { ctrlKey: true })).toEqual({ kind: "all" })
})

test("exported rows are those that were chosen, or all that the filter lets through, with the columns shown", async () => {
  const { client, controller } = await start(1200, { columns: ["config.lr"], filter: "name~kite" })
  const all = (await controller.csv(null))!.trimEnd().split("\r\n")
  expect(all[0]).toBe("name,slug,state,tags,created,lr")
  expect(all).toHaveLength(controller.getSnapshot().rows.total + 1)
  const { id, slug } = controller.getSnapshot().rows.at(0)!
  const one = (await controller.csv([id]))!.trimEnd().split("\r\n")
  expect(one).toHaveLength(2)
  expect(one[1]).toContain(slug)
  expect((await controller.moveTargets())[0]).toBe("vision:digits")
  client.close()
})

test("no cell of an export begins like a formula, and quotes and line breaks stay inside their cell", () => {
  const row = (name: string, ...columns: ReadonlyArray<string | number | null>) => ({
    ...{ id: "i", slug: "s", state: "finished" as const, tags: ["=t"], createdAt: "", entity: "e", projectSlug: "p" },
    name,
    columns
  })
  const lines = runsCsv([row('=HYPERLINK("x")', "-Infinity", -0.5), row("a,\nb", "@cmd", null)], ["x", "y"])
  expect(lines).toBe(
    `name,slug,state,tags,created,x,y\r\n"'=HYPERLINK(""x"")",s,finished,'=t,,-Infinity,-0.5\r\n"a,\nb",s,finished,'=t,,'@cmd,\r\n`
  )
})
