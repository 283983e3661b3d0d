import { describe, expect, it } from "vitest"
import { ChartGridController } from "../../src/chart-grid/ChartGridController.ts"
import { filterSections, keySections } from "../../src/chart-grid/keySections.ts"
import { livePoints } from "../../src/line-chart/livePoints.ts"
import { systemSections } from "../../src/system-metrics/systemSections.ts"
import { fakeClient, settle } from "./fakeClient.ts"

describe("sections of keys", () => {
  const keys = ["val/loss", "system/cpu/percent", "loss", "layer.10/grad", "layer.2/grad", "train/acc", "accuracy"]

  it("follow training, then names, then the machine", () => {
    expect(keySections(keys).map((section) => section.name)).toEqual([
      "metrics",
      "train",
      "val",
      "layer.2",
      "layer.10",
      "system"
    ])
    expect(keySections(keys)[0]?.charts.map((chart) => chart.title)).toEqual(["accuracy", "loss"])
  })

  it("are filtered by regular expressions, and by plain text when it is none", () => {
    const titles = (filter: string) =>
      filterSections(keySections(keys), filter).flatMap(({ charts }) => charts.map(({ title }) => title))
    expect(titles("val/.*|^acc")).toEqual(["accuracy", "val/loss"])
    expect(titles("LOSS")).toEqual(["loss", "val/loss"])
    expect(titles("(")).toEqual([])
    expect(titles(" ").length).toBe(keys.length)
  })

  it("of the machine join devices and directions, with units in the titles", () => {
    const sections = systemSections([
      "system/cpu/percent",
      "system/memory/used_bytes",
      "system/disk/read_bytes_per_s",
      "system/disk/write_bytes_per_s",
      "system/gpu.0/percent",
      "system/gpu.1/percent",
      "system/gpu.0/power_w",
      "system/process/rss_bytes"
    ])
    expect(sections.map(({ name, charts }) => [name, charts.map((chart) => [chart.title, chart.keys.length])])).toEqual(
      [
        [
          "GPU",
          [
            ["gpu, %", 2],
            ["gpu power, W", 1]
          ]
        ],
        [
          "Machine",
          [
            ["cpu, %", 1],
            ["memory used, GiB", 1],
            ["disk, MiB/s", 2]
          ]
        ],
        ["Process", [["process rss, GiB", 1]]]
      ]
    )
    expect(sections[1]?.charts[1]?.divisor).toBe(2 ** 30)
  })
})

describe("a chart grid", () => {
  it("finds the keys of its runs, and new ones as they are logged", async () => {
    const fake = fakeClient()
    const grid = new ChartGridController()
    grid.send({
      type: "source",
      source: { client: fake.client, project: "p", runs: [{ id: "r0", live: true }], keys: null, prefix: "" }
    })
    expect(grid.getSnapshot().status).toBe("loading")
    await settle()
    expect(grid.getSnapshot().keys).toEqual(["loss", "system/cpu/percent", "val/acc"])
    fake.say("r0", "fresh", [1], [2])
    expect(grid.getSnapshot().keys).toContain("fresh")
    grid.dispose()
    await settle()
    expect(fake.live.some((one) => one.open)).toBe(false)
  })

  it("is empty without runs, and shares options and range", () => {
    const grid = new ChartGridController()
    grid.send({ type: "source", source: null })
    expect(grid.getSnapshot().status).toBe("empty")
    grid.send({ type: "range", range: { from: 1, to: 2 } })
    grid.send({ type: "options", options: { smooth: 0.6 } })
    expect(grid.getSnapshot()).toMatchObject({ range: { from: 1, to: 2 }, options: { smooth: 0.6, x: "step" } })
    grid.send({ type: "options", options: { x: "relative" } })
    expect(grid.getSnapshot().range).toBeNull()
    grid.send({ type: "toggle-section", name: "val" })
    expect([...grid.getSnapshot().closed]).toEqual(["val"])
  })
})

describe("live points", () => {
  const message = {
    type: "points" as const,
    cursor: "1",
    run: "r",
    series: {
      loss: { steps: [2, 1], timesMs: [5000, 4000], values: ["Infinity", 0.5] },
      epoch: { steps: [1], timesMs: [4000], values: [7] }
    }
  }

  it("come in order along step, wall clock, relative time and another metric", () => {
    const x = (axis: Parameters<typeof livePoints>[2]) => [...(livePoints(message, "loss", axis, 1000)?.x ?? [])]
    expect(x("step")).toEqual([1, 2])
    expect(x("wall")).toEqual([4000, 5000])
    expect(x("relative")).toEqual([3, 4])
    expect(x({ metric: "epoch" })).toEqual([7])
    expect(livePoints(message, "loss", "step", 0)?.y[1]).toBe(Number.POSITIVE_INFINITY)
    expect(livePoints(message, "other", "step", 0)).toBeNull()
  })
})
