/** Who draws: the worker, and the page itself where a worker cannot be had. */
import { afterEach, expect, it } from "vitest"
import { chartRenderer, inlineRenderer } from "../../src/chart/ChartRenderer.ts"
import "../../src/define/line-chart.ts"
import "../../src/define/provider.ts"
import { curves } from "./curves.ts"
import { clearStage, inkOf, stage, until } from "./stage.ts"

afterEach(clearStage)

const withWorker = async (workerUrl: string | null) => {
  const provider = Object.assign(document.createElement("wl-provider"), { workerUrl })
  const chart = Object.assign(document.createElement("wl-line-chart"), {
    label: "loss",
    series: curves({ runs: 2, points: 50 })
  })
  provider.append(chart)
  await stage(provider)
  await until(() => inkOf(chart.renderRoot) > 100)
  return chart
}

it("charts are drawn by one worker for the whole page", async () => {
  await withWorker(null)
  expect(chartRenderer()).not.toBe(inlineRenderer())
  expect(chartRenderer()).toBe(chartRenderer())
})

it("a worker that does not load leaves the drawing to the page", async () => {
  const chart = await withWorker("/there-is-no-such-worker.js")
  expect(chartRenderer("/there-is-no-such-worker.js")).toBe(inlineRenderer())
  expect(chart.renderRoot.querySelectorAll("canvas").length).toBe(1)
})

it("a worker's address that is no address leaves the drawing to the page", async () => {
  await withWorker("https://[")
  expect(chartRenderer("https://[")).toBe(inlineRenderer())
})

it("a panel is drawn in its newest state, once, however often it changed", async () => {
  const canvas = document.createElement("canvas")
  let pictures = 0
  const renderer = inlineRenderer()
  const id = renderer.open(canvas, {
    drawn: () => {
      pictures += 1
    }
  })
  const frame = { width: 40, height: 30, ratio: 1, plot: { left: 0, top: 0, right: 40, bottom: 30 } }
  const line = { x: Float64Array.of(0, 1), y: Float64Array.of(0, 1) }
  for (let at = 0; at < 20; at++) renderer.patch(id, { frame, put: [{ id: "a", data: line }] })
  await until(() => pictures > 0)
  expect(pictures).toBe(1)
  expect([canvas.width, canvas.height]).toEqual([40, 30])
  renderer.close(id)
})
