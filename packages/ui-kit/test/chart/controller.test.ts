import { describe, expect, it } from "vitest"
import type { ChartEvent } from "../../src/line-chart/ChartState.ts"
import { nearestFour, neighbourLine, pointsAt } from "../../src/line-chart/chartCursor.ts"
import { cursorTitle, summaryOf } from "../../src/line-chart/describe.ts"
import { LineChartController } from "../../src/line-chart/LineChartController.ts"
import { tableRows } from "../../src/line-chart/pointTable.ts"
import { feedOf } from "../../src/line-chart/SeriesFeed.ts"
import { fakeClient, settle } from "./fakeClient.ts"

const chart = (...events: ReadonlyArray<ChartEvent>) => {
  const controller = new LineChartController()
  for (const event of events) controller.send(event)
  return controller
}
const line = (id: string, y: ReadonlyArray<number>, step = 10) => ({ id, x: y.map((_, at) => at * step), y })
const two: ChartEvent = { type: "lines", lines: [line("a", [1, 2, 3, 4, 5]), line("b", [5, 4, 3, 2, 1.5])] }

describe("a chart with lines of the host", () => {
  it("spans all of x and round values of y", () => {
    const { view, status } = chart(two).getSnapshot()
    expect(status).toBe("ready")
    expect(view).toEqual({ x: { from: 0, to: 40 }, y: { from: 1, to: 5 } })
  })

  it("fits y to what a zoom shows, and comes back", () => {
    const controller = chart(two, { type: "zoom", x: { from: 0, to: 10 } })
    expect(controller.getSnapshot().view.x).toEqual({ from: 0, to: 10 })
    controller.send({ type: "toggle", line: "b" })
    expect(controller.getSnapshot().view.y.to).toBeLessThan(4)
    controller.send({ type: "reset" })
    expect(controller.getSnapshot().zoom).toEqual({ x: null, y: null })
  })

  it("ends a zoom out at everything", () => {
    const controller = chart(two, { type: "zoom-by", factor: 0.5, at: 0.5 })
    expect(controller.getSnapshot().zoom.x).toEqual({ from: 10, to: 30 })
    controller.send({ type: "zoom-by", factor: 4, at: 0.5 })
    expect(controller.getSnapshot().zoom.x).toBeNull()
  })

  it("pans by fractions and keeps y free unless it was zoomed", () => {
    const controller = chart(two, { type: "zoom", x: { from: 10, to: 20 } }, { type: "pan", x: 0.5 })
    expect(controller.getSnapshot().zoom).toEqual({ x: { from: 15, to: 25 }, y: null })
  })

  it("isolates a line and shows all again", () => {
    const controller = chart(two, { type: "isolate", line: "b" })
    expect([...controller.getSnapshot().hidden]).toEqual(["a"])
    controller.send({ type: "isolate", line: "b" })
    expect(controller.getSnapshot().hidden.size).toBe(0)
  })

  it("keeps a constant, a single point and a logarithm of zero drawable", () => {
    for (const y of [[3, 3, 3], [7], [0, 0], [Number.NaN], [1e-12, 1e12]]) {
      for (const yScale of ["linear", "log", "symlog"] as const) {
        const { view } = chart(
          { type: "options", options: { yScale } },
          { type: "lines", lines: [line("a", y)] }
        ).getSnapshot()
        expect(view.y.to).toBeGreaterThan(view.y.from)
        expect(view.x.to).toBeGreaterThan(view.x.from)
        expect(Number.isFinite(view.y.from + view.y.to)).toBe(true)
      }
    }
  })

  it("spans at least what it was told, in the unit it shows", () => {
    const options = { atLeast: { from: 0, to: 100 }, divisor: 1 }
    expect(chart({ type: "options", options }, two).getSnapshot().view.y).toEqual({ from: 0, to: 100 })
  })

  it("tells listeners once per change and nothing after its end", () => {
    const controller = chart(two)
    let heard = 0
    controller.subscribe(() => {
      heard += 1
    })
    controller.send({ type: "cursor", x: 10 })
    controller.send({ type: "cursor", x: 10 })
    expect(heard).toBe(1)
    controller.dispose()
    controller.send({ type: "cursor", x: 20 })
    expect(heard).toBe(1)
  })
})

describe("the cursor", () => {
  it("steps by points, tenths and to the ends of what is visible", () => {
    const controller = chart(two, { type: "step", by: "point", direction: 1 })
    const x = () => controller.getSnapshot().cursor?.x
    expect(x()).toBe(0)
    controller.send({ type: "step", by: "point", direction: 1 })
    expect(x()).toBe(10)
    controller.send({ type: "step", by: "end", direction: 1 })
    expect(x()).toBe(40)
    controller.send({ type: "step", by: "point", direction: 1 })
    expect(x()).toBe(40)
    controller.send({ type: "zoom", x: { from: 5, to: 25 } })
    controller.send({ type: "step", by: "end", direction: -1 })
    expect(x()).toBe(10)
  })

  it("walks lines from the highest value down", () => {
    const controller = chart(two, { type: "cursor", x: 0, line: "a" }, { type: "change-line", direction: -1 })
    expect(controller.getSnapshot().cursor).toEqual({ x: 0, line: "b" })
    expect(neighbourLine(controller.getSnapshot(), -1)?.line).toBe("b")
  })

  it("lists points from the highest down, leaves out ended runs, and picks the nearest four", () => {
    const many = Array.from({ length: 9 }, (_, at) => line(`r${at}`, [at, at]))
    const controller = chart({ type: "lines", lines: [...many, line("long", [0, 0, 0, 0, 0, 0, 0, 0, 0])] })
    const state = controller.getSnapshot()
    expect(pointsAt(state, 0).map((point) => point.y)).toEqual([8, 7, 6, 5, 4, 3, 2, 1, 0, 0])
    expect(pointsAt(state, 60).map((point) => point.line.id)).toEqual(["long"])
    const near = nearestFour(pointsAt(state, 0), (point) => Math.abs(point.y - 5.4))
    expect(near.map((point) => point.y)).toEqual([7, 6, 5, 4])
  })
})

describe("a chart in words", () => {
  it("is summed up in a sentence", () => {
    expect(summaryOf(chart(two).getSnapshot(), "val/loss")).toBe(
      "val/loss, 2 lines, step 0 to 40, lowest 1 in a, highest 5 in a"
    )
    expect(summaryOf(chart().getSnapshot(), "loss")).toBe("loss, no data")
    expect(cursorTitle(chart(two).getSnapshot(), 4210)).toBe("step 4,210")
  })

  it("gives its points as table rows, thinned when they are many", () => {
    expect(tableRows(chart(two).getSnapshot()).x).toEqual([0, 10, 20, 30, 40])
    const long = chart({
      type: "lines",
      lines: [
        line(
          "a",
          Array.from({ length: 5000 }, (_, at) => at)
        )
      ]
    })
    const rows = tableRows(long.getSnapshot())
    expect([rows.x.length, rows.total, rows.x[0], rows.x.at(-1)]).toEqual([200, 5000, 0, 49_990])
  })
})

describe("a chart with a client", () => {
  const source = (fake: ReturnType<typeof fakeClient>, runs: number, live = false): ChartEvent => ({
    type: "source",
    source: {
      feed: feedOf(fake.client, "p"),
      runs: Array.from({ length: runs }, (_, at) => ({ id: `r${at}`, name: `run ${at}`, live })),
      keys: ["loss"]
    }
  })

  it("loads coarse lines first when there are many, then fine ones", async () => {
    const fake = fakeClient()
    const controller = chart(source(fake, 20))
    expect(controller.getSnapshot().status).toBe("loading")
    await settle()
    expect(fake.queries.map((query) => query.buckets)).toEqual([100, 600])
    expect(controller.getSnapshot()).toMatchObject({ status: "ready", refining: false })
    expect(controller.getSnapshot().series.size).toBe(20)
  })

  it("asks once for what several charts want at the same time", async () => {
    const fake = fakeClient()
    const charts = ["loss", "acc", "lr"].map((key) => {
      const event = source(fake, 2)
      if (event.type !== "source" || event.source === null) throw new Error("no source")
      return chart({ ...event, source: { ...event.source, keys: [key] } })
    })
    await settle()
    expect(fake.queries.map((query) => query.keys)).toEqual([["loss", "acc", "lr"]])
    expect(charts.every((one) => one.getSnapshot().series.size === 2)).toBe(true)
  })

  it("adds live points, once, also those that came before the answer", async () => {
    const fake = fakeClient()
    const controller = chart(source(fake, 1, true))
    await Promise.resolve()
    fake.say("r0", "loss", [30, 40], [0.5, 0.25])
    await settle()
    fake.say("r0", "loss", [50], ["NaN"])
    const series = controller.getSnapshot().series.get("r0\u0000loss")!
    expect([...series.x]).toEqual([0, 10, 20, 30, 40, 50])
    expect(series.y[4]).toBe(0.25)
    expect(series.y[5]).toBeNaN()
  })

  it("follows each run once, however many charts show it, and lets go after the last", async () => {
    const fake = fakeClient()
    const charts = [chart(source(fake, 1, true)), chart(source(fake, 1, true))]
    await settle()
    expect(fake.live.filter((one) => one.open).length).toBe(1)
    for (const one of charts) one.dispose()
    await settle()
    expect(fake.live.filter((one) => one.open).length).toBe(0)
  })

  it("loads only runs that are new when runs come and go, and keeps the others as they are", async () => {
    const fake = fakeClient()
    const controller = chart(source(fake, 2, true))
    await settle()
    const kept = controller.getSnapshot().series.get("r1\u0000loss")
    const next = source(fake, 3, true)
    if (next.type !== "source" || next.source === null) throw new Error("no source")
    controller.send({ ...next, source: { ...next.source, runs: next.source.runs.slice(1) } })
    expect(controller.getSnapshot()).toMatchObject({ status: "ready" })
    await settle()
    expect(fake.queries.map((query) => query.runs)).toEqual([["r0", "r1"], ["r2"]])
    expect([...controller.getSnapshot().series.keys()].sort()).toEqual(["r1\u0000loss", "r2\u0000loss"])
    expect(controller.getSnapshot().series.get("r1\u0000loss")).toBe(kept)
    expect(
      fake.live
        .filter((one) => one.open)
        .map((one) => one.run)
        .sort()
    ).toEqual(["r1", "r2"])
  })

  it("stops following a run that ended, and keeps its line", async () => {
    const fake = fakeClient()
    const controller = chart(source(fake, 1, true))
    await settle()
    controller.send(source(fake, 1, false))
    await settle()
    expect(fake.live.some((one) => one.open)).toBe(false)
    expect(fake.queries.length).toBe(1)
    expect(controller.getSnapshot().lines[0]?.live).toBe(false)
  })

  it("says what failed and tries again when asked", async () => {
    const fake = fakeClient()
    fake.failing = "The server is not available"
    const controller = chart(source(fake, 1))
    await settle()
    expect(controller.getSnapshot()).toMatchObject({ status: "error", error: "The server is not available" })
    fake.failing = null
    controller.send({ type: "retry" })
    await settle()
    expect(controller.getSnapshot().status).toBe("ready")
  })

  it("loads a finer window for a zoom and keeps the whole line for the way back", async () => {
    const fake = fakeClient(Array.from({ length: 100 }, (_, at) => at * 10))
    const controller = chart(source(fake, 1), { type: "resize", pixels: 300 })
    await settle()
    const whole = controller.getSnapshot().series
    controller.send({ type: "zoom", x: { from: 100, to: 200 } })
    await new Promise((done) => setTimeout(done, 220))
    await settle()
    expect(fake.queries.at(-1)).toMatchObject({ from: 50, to: 250 })
    expect(controller.getSnapshot().series).not.toBe(whole)
    controller.send({ type: "reset" })
    expect(controller.getSnapshot().series).toBe(whole)
  })

  it("reads again after missed points, keeps its lines meanwhile, and says that it is stale", async () => {
    const fake = fakeClient()
    const controller = chart(source(fake, 1, true))
    await settle()
    fake.status("stale")
    expect(controller.getSnapshot().stale).toBe(true)
    fake.status("live")
    fake.reset("r0")
    expect(controller.getSnapshot().status).toBe("ready")
    await settle()
    expect(fake.queries.length).toBe(2)
    expect(controller.getSnapshot().stale).toBe(false)
  })

  it("reads along another axis when asked, and drops a zoom that means nothing there", async () => {
    const fake = fakeClient()
    const controller = chart(source(fake, 1), { type: "zoom", x: { from: 1, to: 2 } })
    await settle()
    controller.send({ type: "options", options: { x: "wall" } })
    await settle()
    expect(fake.queries.at(-1)?.x).toBe("wall")
    expect(controller.getSnapshot()).toMatchObject({ xScale: "time", zoom: { x: null } })
  })

  it("thins a line that has been live for long, without losing its extremes", async () => {
    const fake = fakeClient([0])
    const controller = chart({ type: "resize", pixels: 50 }, source(fake, 1, true))
    await settle()
    for (let at = 1; at < 40; at++) {
      const steps = Array.from({ length: 100 }, (_, index) => at * 100 + index)
      fake.say(
        "r0",
        "loss",
        steps,
        steps.map((step) => (step === 777 ? 99 : 0.5))
      )
    }
    const series = controller.getSnapshot().series.get("r0\u0000loss")!
    expect(series.length).toBeLessThan(2000)
    expect(series.extent(0, series.length)[1]).toBe(99)
  })
})
