/** The line chart in a real browser: it draws, moves, speaks and passes axe, in both themes. */
import { afterEach, describe, expect, it } from "vitest"
import { userEvent } from "vitest/browser"
import "../../src/define/line-chart.ts"
import type { WlLineChart } from "../../src/line-chart/WlLineChart.ts"
import { curves } from "./curves.ts"
import { fakeClient } from "./fakeClient.ts"
import { clearStage, faults, frames, inkOf, stage, until } from "./stage.ts"

const chartWith = (properties: Partial<WlLineChart>): WlLineChart =>
  Object.assign(document.createElement("wl-line-chart"), properties)
const part = (chart: WlLineChart, selector: string) => chart.renderRoot.querySelector<HTMLElement>(selector)!
const plotOf = (chart: WlLineChart) => part(chart, ".plot")

const pointer = (chart: WlLineChart, type: string, x: number, y: number, more: PointerEventInit = {}) => {
  const box = plotOf(chart).getBoundingClientRect()
  const init = { clientX: box.left + x, clientY: box.top + y, bubbles: true, pointerId: 1, button: 0, ...more }
  plotOf(chart).dispatchEvent(new PointerEvent(type, init))
}
const drag = async (
  chart: WlLineChart,
  from: readonly [number, number],
  to: readonly [number, number],
  more: PointerEventInit = {}
) => {
  // A made-up pointer cannot be captured.
  plotOf(chart).setPointerCapture = () => {}
  pointer(chart, "pointerdown", ...from, more)
  pointer(chart, "pointermove", (from[0] + to[0]) / 2, (from[1] + to[1]) / 2, more)
  pointer(chart, "pointermove", ...to, more)
  await frames(2)
  const brush = !part(chart, ".brush").hidden
  pointer(chart, "pointerup", ...to, more)
  await frames(2)
  return { brush }
}

afterEach(clearStage)

describe.each(["light", "dark"])("in a %s page", (theme) => {
  it("lines, an empty, a loading and a failed chart pass axe", async () => {
    await stage(
      chartWith({ label: "loss", series: curves({ runs: 8, points: 400, live: 0 }), legend: true }),
      420,
      theme
    )
    await stage(chartWith({ keys: ["val/acc"] }), 420, theme)
    await stage(chartWith({ label: "loading", series: [], loading: true }), 420, theme)
    await stage(chartWith({ label: "failed", series: [], error: "The server is not available" }), 420, theme)
    const table = await stage(chartWith({ label: "as a table", series: curves({ runs: 2, points: 20 }) }), 420, theme)
    table.table = true
    await table.updateComplete
    expect(await faults()).toEqual([])
  })
})

describe("drawing", () => {
  it("covers pixels from properties alone", async () => {
    const chart = await stage(chartWith({ label: "loss", series: curves({ runs: 3, points: 100 }) }))
    await until(() => inkOf(chart.renderRoot) > 500)
    expect(part(chart, "[part=axis-y]").textContent).toContain("0.4")
    expect(plotOf(chart).getAttribute("aria-label")).toMatch(/^loss, 3 lines, step 0 to 990, lowest/)
  })

  it("follows the theme of any ancestor without being told", async () => {
    const series = [{ id: "a", x: [0, 1], y: [0, 1], colour: "light-dark(#c00000, #0000c0)" }]
    const chart = await stage(chartWith({ label: "theme", series }))
    await until(() => inkOf(chart.renderRoot, 0) > 100)
    document.body.style.colorScheme = "dark"
    await until(() => inkOf(chart.renderRoot, 2) > 100)
    expect(inkOf(chart.renderRoot, 0)).toBe(0)
  })

  it("draws again after it was moved in the document", async () => {
    const chart = await stage(chartWith({ label: "loss", series: curves({ runs: 1, points: 50 }) }))
    await until(() => inkOf(chart.renderRoot) > 100)
    const other = document.createElement("div")
    document.body.append(other)
    other.append(chart)
    await frames(2)
    await until(() => inkOf(chart.renderRoot) > 100)
    expect(chart.renderRoot.querySelectorAll("canvas").length).toBe(1)
  })

  it("keeps its plot where it is while data comes, and shows a coarse line first", async () => {
    const fake = fakeClient()
    const chart = await stage(
      chartWith({ client: fake.client, project: "p", keys: ["loss"], runs: [{ id: "r", live: true }] })
    )
    const before = plotOf(chart).getBoundingClientRect()
    await until(() => inkOf(chart.renderRoot) > 50)
    fake.say("r", "loss", [40, 50], [0.2, 0.1])
    await frames(3)
    const after = plotOf(chart).getBoundingClientRect()
    expect([after.top, after.height]).toEqual([before.top, before.height])
    expect(chart.controller.getSnapshot().view.x.to).toBe(50)
    expect(part(chart, ".pill").textContent).toBe("live")
  })

  it("says what failed and loads again on Retry", async () => {
    const fake = fakeClient()
    fake.failing = "The server is not available"
    const errors: Array<unknown> = []
    const chart = chartWith({ client: fake.client, project: "p", keys: ["loss"], runs: [{ id: "r" }] })
    chart.addEventListener("wl-error", (event) => errors.push((event as CustomEvent).detail))
    await stage(chart)
    await until(() => part(chart, "[part=error]") !== null)
    expect(part(chart, "[part=error]").textContent).toContain("The server is not available")
    expect(errors).toEqual([{ message: "The server is not available" }])
    fake.failing = null
    part(chart, "[part=error] button").click()
    await until(() => inkOf(chart.renderRoot) > 50)
    expect(part(chart, "[part=error]")).toBeNull()
  })
})

describe("the pointer", () => {
  const wide = { label: "loss", series: curves({ runs: 8, points: 200 }) }

  it("shows the nearest four runs by value and how many more, inside the viewport", async () => {
    const chart = await stage(chartWith(wide), 1200)
    for (const x of [60, 600, 1150]) {
      pointer(chart, "pointermove", x, 60)
      await frames(2)
      const tooltip = part(chart, ".tooltip")
      const box = tooltip.getBoundingClientRect()
      expect(tooltip.querySelectorAll(".row").length).toBe(4)
      expect(tooltip.textContent).toContain("4 more")
      expect(box.left).toBeGreaterThanOrEqual(0)
      expect(box.right).toBeLessThanOrEqual(window.innerWidth)
    }
    pointer(chart, "pointerleave", 0, 0)
    await frames(2)
    expect(part(chart, ".tooltip").hidden).toBe(true)
  })

  it("moves one hairline over all charts of a group", async () => {
    const first = await stage(chartWith({ ...wide, syncGroup: "pair" }))
    const second = await stage(chartWith({ ...wide, syncGroup: "pair" }))
    pointer(first, "pointermove", 200, 50)
    await frames(2)
    expect(part(second, ".cursor").hidden).toBe(false)
    expect(part(second, ".tooltip").hidden).toBe(true)
    expect(second.controller.getSnapshot().cursor?.x).toBe(first.controller.getSnapshot().cursor?.x)
  })

  it("zooms into a dragged box, pans with Shift, zooms with Ctrl and the wheel, and comes back by double click", async () => {
    const chart = await stage(chartWith(wide))
    const ranges: Array<unknown> = []
    chart.addEventListener("wl-range-change", (event) => ranges.push((event as CustomEvent).detail))
    expect(await drag(chart, [120, 40], [220, 44])).toEqual({ brush: true })
    const zoomed = chart.range!
    expect(zoomed.from).toBeGreaterThan(300)
    expect(zoomed.to).toBeLessThan(1200)
    expect(chart.controller.getSnapshot().zoom.y).toBeNull()
    await drag(chart, [200, 40], [150, 40], { shiftKey: true })
    expect(chart.range!.from).toBeGreaterThan(zoomed.from)
    const before = chart.range!
    const box = plotOf(chart).getBoundingClientRect()
    plotOf(chart).dispatchEvent(
      new WheelEvent("wheel", {
        deltaY: -60,
        ctrlKey: true,
        clientX: box.left + 200,
        clientY: box.top + 40,
        cancelable: true
      })
    )
    expect(chart.range!.to - chart.range!.from).toBeLessThan(before.to - before.from)
    plotOf(chart).dispatchEvent(new MouseEvent("dblclick"))
    expect(chart.range).toBeNull()
    await drag(chart, [120, 30], [220, 90])
    expect(chart.controller.getSnapshot().zoom.y).not.toBeNull()
    expect(ranges.length).toBeGreaterThan(4)
  })

  it("leaves a plain wheel to the page", async () => {
    const chart = await stage(chartWith(wide))
    const wheel = new WheelEvent("wheel", { deltaY: 60, cancelable: true })
    plotOf(chart).dispatchEvent(wheel)
    expect(wheel.defaultPrevented).toBe(false)
    expect(chart.range).toBeNull()
  })

  it("hides a line by its legend, and with Alt shows it alone", async () => {
    const chart = await stage(chartWith({ ...wide, legend: true }))
    const [first] = chart.renderRoot.querySelectorAll<HTMLButtonElement>(".legend button")
    first!.click()
    await chart.updateComplete
    expect(first!.getAttribute("aria-pressed")).toBe("false")
    first!.dispatchEvent(new MouseEvent("click", { altKey: true, bubbles: true }))
    await chart.updateComplete
    expect(
      [...chart.renderRoot.querySelectorAll(".legend button")]
        .map((one) => one.getAttribute("aria-pressed"))
        .filter((on) => on === "true").length
    ).toBe(1)
  })
})

describe("the keyboard", () => {
  const opened = async () => {
    const chart = await stage(chartWith({ label: "loss", series: curves({ runs: 3, points: 100 }) }))
    await userEvent.tab()
    expect(chart.renderRoot.querySelector(":focus")).toBe(plotOf(chart))
    return chart
  }

  it("reaches the plot by one tab stop, walks points and lines, and says where it is", async () => {
    const chart = await opened()
    await userEvent.keyboard("{ArrowRight}{ArrowRight}{ArrowRight}")
    await frames(2)
    expect(chart.controller.getSnapshot().cursor?.x).toBe(20)
    expect(part(chart, "[aria-live]").textContent).toMatch(/^step 20, amber-kite-\d [\d.]+$/)
    const visited = new Set<string | null | undefined>()
    for (const key of ["{ArrowUp}", "{ArrowUp}", "{ArrowDown}", "{ArrowDown}"]) {
      await userEvent.keyboard(key)
      visited.add(chart.controller.getSnapshot().cursor?.line)
    }
    expect(visited.size).toBe(3)
    await userEvent.keyboard("{End}")
    expect(chart.controller.getSnapshot().cursor?.x).toBe(990)
    await userEvent.keyboard("{Control>}{ArrowLeft}{/Control}")
    expect(chart.controller.getSnapshot().cursor?.x).toBe(890)
    await userEvent.keyboard("{Escape}")
    expect(chart.controller.getSnapshot().cursor).toBeNull()
  })

  it("zooms with plus and minus and asks the host for full screen with f", async () => {
    const chart = await opened()
    let asked = 0
    chart.addEventListener("wl-full-screen", () => {
      asked += 1
    })
    await userEvent.keyboard("+")
    expect(chart.range!.to - chart.range!.from).toBeCloseTo(495)
    await userEvent.keyboard("-f")
    expect(chart.range).toBeNull()
    expect(asked).toBe(1)
  })

  it("opens the data as a table with t and closes it with Escape", async () => {
    const chart = await opened()
    await userEvent.keyboard("t")
    await until(() => part(chart, ".table") !== null)
    expect(chart.renderRoot.querySelectorAll("tbody tr").length).toBe(100)
    expect(chart.renderRoot.querySelector("thead")?.textContent).toContain("amber-kite-2")
    await frames(2)
    await userEvent.keyboard("{Escape}")
    await until(() => part(chart, ".table") === null)
    await frames(2)
    expect(chart.renderRoot.querySelector(":focus")).toBe(plotOf(chart))
  })
})
