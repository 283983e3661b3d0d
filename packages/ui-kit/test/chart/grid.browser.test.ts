/** The chart grid and the system metrics over a client in memory: sections, laziness, shared controls, axe. */
import { afterEach, describe, expect, it } from "vitest"
import { page, userEvent } from "vitest/browser"
import type { WlChartGrid } from "../../src/chart-grid/WlChartGrid.ts"
import { createMemoryClient } from "../../src/client-memory/createMemoryClient.ts"
import { digitsFixtures } from "../../src/client-memory/digitsFixtures.ts"
import "../../src/define/chart-grid.ts"
import "../../src/define/system-metrics.ts"
import type { WlLineChart } from "../../src/line-chart/WlLineChart.ts"
import { clearStage, faults, frames, inkOf, stage, until } from "./stage.ts"

const project = "vision:digits"

const opened = async (
  change: (grid: WlChartGrid) => void = () => {},
  theme = "light",
  failing: Map<string, string> = new Map()
) => {
  const client = createMemoryClient({ ...digitsFixtures({ points: 120 }), failing })
  const { items } = await client.runs.search(project, { limit: 4 })
  const runs = items.map((run) => ({ id: run.id, name: run.name, live: run.state === "running" }))
  const grid = Object.assign(document.createElement("wl-chart-grid"), { client, project, runs })
  change(grid)
  await stage(grid, 900, theme)
  return { grid, client, runs }
}
const charts = (grid: WlChartGrid) => [...grid.renderRoot.querySelectorAll<WlLineChart>("wl-line-chart")]
const drawn = (grid: WlChartGrid) =>
  until(() => charts(grid).length > 3 && charts(grid).every((chart) => inkOf(chart.renderRoot) > 50))

afterEach(clearStage)

describe.each(["light", "dark"])("in a %s page", (theme) => {
  it("charts of all keys and the system's metrics pass axe", async () => {
    const { grid, client, runs } = await opened(() => {}, theme)
    await drawn(grid)
    const system = Object.assign(document.createElement("wl-system-metrics"), { client, project, run: runs[0] })
    await stage(system, 900, theme)
    await stage(document.createElement("wl-chart-grid"), 900, theme)
    await frames(4)
    expect(await faults()).toEqual([])
  })
})

describe("a grid", () => {
  it("makes a section for every prefix and a chart for every key, from one request", async () => {
    const { grid, client } = await opened()
    await drawn(grid)
    const titles = [...grid.renderRoot.querySelectorAll(".section")].map((one) =>
      one.textContent?.replace(/\s+/g, " ").trim()
    )
    expect(titles).toEqual(["metrics4", "val3", "system3"])
    const before = client.calls.filter((name) => name === "metrics.series").length
    // Charts near the viewport are built a few per frame; those of one frame share a request.
    expect(before).toBeLessThanOrEqual(3)
  })

  it("filters charts by a regular expression and closes sections", async () => {
    const { grid } = await opened()
    await drawn(grid)
    await userEvent.fill(page.getByRole("searchbox", { name: "Filter charts" }), "^val/")
    await until(() => grid.renderRoot.querySelectorAll(".cell").length === 3)
    grid.renderRoot.querySelector<HTMLButtonElement>(".section")!.click()
    await grid.updateComplete
    expect(grid.renderRoot.querySelectorAll(".cell").length).toBe(0)
    await userEvent.fill(page.getByRole("searchbox", { name: "Filter charts" }), "nothing")
    await until(() => grid.renderRoot.textContent?.includes("No chart matches") ?? false)
  })

  it("zooms all its charts together and offers the way back", async () => {
    const { grid } = await opened()
    await drawn(grid)
    const [first, second] = charts(grid)
    first!.controller.send({ type: "zoom", x: { from: 100, to: 400 } })
    first!.dispatchEvent(new CustomEvent("wl-range-change", { detail: { x: { from: 100, to: 400 }, y: null } }))
    await grid.updateComplete
    await frames(2)
    expect(second!.range).toEqual({ from: 100, to: 400 })
    await userEvent.click(page.getByRole("button", { name: "Reset zoom" }))
    await frames(2)
    expect([first!.range, second!.range]).toEqual([null, null])
  })

  it("shares smoothing, axis and scale, and tells the host", async () => {
    const { grid } = await opened()
    await drawn(grid)
    const states: Array<Record<string, unknown>> = []
    grid.addEventListener("wl-state-change", (event) => states.push((event as CustomEvent).detail))
    await userEvent.click(page.getByRole("button", { name: "Log y" }))
    await userEvent.selectOptions(page.getByRole("combobox", { name: "X-axis" }), "relative")
    await frames(3)
    expect(charts(grid)[0]).toMatchObject({ yScale: "log", x: "relative" })
    expect(states.at(-1)).toMatchObject({ yScale: "log", x: "relative", smooth: 0 })
  })

  it("shows new points and new keys while a run is live", async () => {
    const { grid, client, runs } = await opened()
    await drawn(grid)
    const live = runs.find((run) => run.live)!
    await client.metrics.append(live.id, { rows: [{ step: 99_999, values: { loss: 0.01, brand_new: 1 } }] })
    await until(
      () =>
        [...grid.renderRoot.querySelectorAll(".cell")].some((cell) => cell.textContent?.includes("brand_new")) ||
        charts(grid).some((chart) => chart.label === "brand_new")
    )
    const loss = charts(grid).find((chart) => chart.label === "loss")!
    await until(() => loss.controller.getSnapshot().view.x.to === 99_999)
    expect(loss.controller.getSnapshot().status).toBe("ready")
  })

  it("opens a chart large in a dialog and closes it", async () => {
    const { grid } = await opened()
    await drawn(grid)
    await userEvent.click(page.getByRole("button", { name: "Enlarge loss", exact: true }))
    await until(() => grid.renderRoot.querySelector("dialog")?.open === true)
    await userEvent.click(page.getByRole("button", { name: "Close" }))
    await until(() => grid.renderRoot.querySelector("dialog") === null)
    expect(grid.full).toBeNull()
  })

  it("builds charts only near the viewport", async () => {
    const { grid } = await opened((one) => {
      one.keys = Array.from({ length: 400 }, (_, at) => `many/key_${at}`)
    })
    await until(() => charts(grid).length >= 6)
    await frames(20)
    expect(grid.renderRoot.querySelectorAll(".cell").length).toBe(400)
    expect(charts(grid).length).toBeLessThan(60)
  })

  it("says what failed and lists again on Retry", async () => {
    const failing = new Map([["metrics.keys", "The database is locked"]])
    const { grid } = await opened(() => {}, "light", failing)
    await until(() => grid.renderRoot.querySelector("[role=alert]") !== null)
    expect(grid.renderRoot.textContent).toContain("could not be listed")
    failing.clear()
    await userEvent.click(page.getByRole("button", { name: "Retry" }))
    await drawn(grid)
  })
})
