import { afterEach, expect, test, vi } from "vitest"
import { splitMiddle } from "../src/base/splitMiddle.ts"
import { boxHeight, contentOffset, scrollTopOf } from "../src/base/VirtualScroll.ts"
import { createMemoryClient } from "../src/client-memory/index.ts"
import { RunTableController, type RunTableState } from "../src/controllers/index.ts"
import { columnLayout } from "../src/run-table/columnLayout.ts"
import { groupCell } from "../src/run-table/GroupedRows.ts"
import { foldKey, resizeKey } from "../src/run-table/gridKeys.ts"

const open: Array<RunTableController> = []
const until = (check: () => void | Promise<void>) => vi.waitFor(check, { timeout: 5000, interval: 5 })

afterEach(() => {
  for (const controller of open.splice(0)) controller.dispose()
})

const runs = [
  { slug: "a", group: "x", config: { lr: 0.1 }, summary: { acc: 0.5 } },
  { slug: "b", group: null, config: { lr: 0.1 }, summary: { acc: 0.7 } },
  { slug: "c", group: "y", config: { lr: 0.2 }, summary: { acc: 0.9 } },
  { slug: "d", group: "x", config: { lr: 0.3 }, summary: { acc: 0.8 } },
  { slug: "e", group: "x", config: { lr: 0.1 }, summary: {} }
]

const start = async (group: string | null) => {
  const client = createMemoryClient({ projects: [{ slug: "p", entity: "e", runs }] })
  const columns = ["summary.acc", "config.lr"]
  const controller = new RunTableController({ client, project: "e:p", columns, sort: "name", group })
  open.push(controller)
  await until(() => expect(controller.getSnapshot().status).toBe("ready"))
  return { client, controller }
}

/** Slugs of rows, and values of headers in brackets. */
const lines = ({ rows }: RunTableState) =>
  Array.from({ length: rows.total }, (_, at) => rows.at(at)?.slug ?? `[${rows.groupAt?.(at)?.value}]`)

test("groups stand in the order of their first row, and runs without the field come last", async () => {
  const { controller } = await start("group")
  expect(lines(controller.getSnapshot())).toEqual(["[x]", "a", "d", "e", "[y]", "c", "[null]", "b"])
  expect(controller.getSnapshot().rows.runs).toBe(5)
  controller.send({ type: "sort", field: "summary.acc", descending: true })
  await until(() => expect(lines(controller.getSnapshot())).toEqual(["[y]", "c", "[x]", "d", "a", "e", "[null]", "b"]))
})

test("a group says how many runs it has, what they share and the mean of what they do not", async () => {
  const { controller } = await start("group")
  const group = controller.getSnapshot().rows.groupAt!(0)!
  expect(group.runs).toHaveLength(3)
  expect(group.cells[0]).toBeCloseTo(0.65)
  expect(group.cells[1]).toBeCloseTo(0.5 / 3)
  const rows = [1, 2].map((at) => ({ ...group.runs[0]!, columns: ["adam", at === 1 ? "NaN" : 4, null] }))
  expect([0, 1, 2].map((column) => groupCell(rows, column))).toEqual(["adam", 4, null])
})

test("a folded group keeps its runs in charts, selections and exports", async () => {
  const { controller } = await start("group")
  const key = controller.getSnapshot().rows.groupAt!(0)!.key
  controller.send({ type: "fold", group: key })
  expect(lines(controller.getSnapshot())).toEqual(["[x]", "[y]", "c", "[null]", "b"])
  expect(controller.shownRuns()).toHaveLength(5)
  expect((await controller.csv(null))!.trimEnd().split("\r\n")).toHaveLength(6)
  controller.send({ type: "fold", group: null, folded: true })
  expect(lines(controller.getSnapshot())).toEqual(["[x]", "[y]", "[null]"])
  controller.send({ type: "fold", group: null, folded: false })
  expect(controller.getSnapshot().rows.total).toBe(8)
})

test("rows are grouped and ungrouped while the table is open, and a live change keeps its group right", async () => {
  const { client, controller } = await start(null)
  expect(lines(controller.getSnapshot())).toEqual(["a", "b", "c", "d", "e"])
  controller.send({ type: "group", field: "config.lr" })
  await until(() =>
    expect(lines(controller.getSnapshot())).toEqual(["[0.1]", "a", "b", "e", "[0.2]", "c", "[0.3]", "d"])
  )
  await client.runs.setConfig("e:p:d", { lr: 0.2 })
  await until(() => expect(lines(controller.getSnapshot())).toEqual(["[0.1]", "a", "b", "e", "[0.2]", "c", "d"]))
  controller.send({ type: "group", field: null })
  await until(() => expect(lines(controller.getSnapshot())).toEqual(["a", "b", "c", "d", "e"]))
})

test("the host's own columns are grouped too", async () => {
  const data = { ids: ["a", "b", "c"], columns: { x: Float64Array.of(1, 2, 3), kind: ["m", "n", "m"] } }
  const controller = new RunTableController({ data, sort: "x", columns: ["x"], group: "kind" })
  open.push(controller)
  await until(() => expect(controller.getSnapshot().status).toBe("ready"))
  const { rows } = controller.getSnapshot()
  expect([0, 1, 2, 3, 4].map((at) => rows.at(at)?.id ?? rows.groupAt!(at)!.cells[0])).toEqual([2, "a", "c", 2, "b"])
})

test("a column keeps the width it was given until it gets its own back", async () => {
  const { controller } = await start(null)
  controller.send({ type: "width", field: "config.lr", px: 140.4 })
  const { widths, columns, sort } = controller.getSnapshot()
  expect(widths).toEqual({ "config.lr": 140 })
  expect(columnLayout(1200, columns, sort, widths).template).toContain(" 140px 60px")
  expect(columnLayout(375, columns, sort, widths).resizable).toBe(false)
  controller.send({ type: "width", field: "config.lr", px: null })
  expect(controller.getSnapshot().widths).toEqual({})
})

test("keys fold groups as in a tree and widen columns from their header", () => {
  const press = (key: string, shiftKey = false) => ({ key, shiftKey, ctrlKey: false, metaKey: false })
  expect([foldKey(press("ArrowLeft"), false), foldKey(press("ArrowLeft"), true)]).toEqual([true, false])
  expect([foldKey(press("ArrowRight"), true), foldKey(press(" "), false)]).toEqual([true, true])
  expect([
    resizeKey(press("ArrowRight", true)),
    resizeKey(press("ArrowLeft", true)),
    resizeKey(press("ArrowLeft"))
  ]).toEqual([16, -16, 0])
})

test("a long name is cut in its middle and never within a character", () => {
  expect(splitMiddle("short name")).toEqual(["short name", ""])
  expect(splitMiddle("resnet50-imagenet-lr0.003-seed1")).toEqual(["resnet50-imagenet-lr0.0", "03-seed1"])
  const [head, tail] = splitMiddle("a quite long name \u{1f600}\u{1f600}\u{1f600}\u{1f600}x")
  expect(head + tail).toBe("a quite long name \u{1f600}\u{1f600}\u{1f600}\u{1f600}x")
  expect(tail.codePointAt(0)).toBe(0x1f600)
})

test("rows beyond what browsers scroll are reached by a scaled position, there and back", () => {
  const content = 1_000_000 * 32
  expect(boxHeight(content)).toBe(8_000_000)
  expect(contentOffset(scrollTopOf(20_000_000, content), content)).toBeCloseTo(20_000_000)
  expect(contentOffset(120, 3200)).toBe(120)
})

test("only the first ten thousand runs are grouped, and the table says how many", async () => {
  const count = 10_500
  const ids = Array.from({ length: count }, (_, at) => `r${at}`)
  const data = { ids, columns: { kind: ids.map((_, at) => (at % 2 === 0 ? "even" : "odd")) } }
  const controller = new RunTableController({ data, sort: "", group: "kind" })
  open.push(controller)
  await until(() => expect(controller.getSnapshot().status).toBe("ready"))
  const { rows } = controller.getSnapshot()
  expect([rows.runs, rows.grouped, rows.total]).toEqual([count, 10_000, 10_002])
  expect(rows.groupAt!(0)!.runs).toHaveLength(5000)
})
