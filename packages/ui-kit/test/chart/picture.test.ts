/** Charts as files: what a picture must hold, and text that tries to break out of it. */
import { describe, expect, it } from "vitest"
import { chartCsv } from "../../src/chart-picture/chartCsv.ts"
import { chartPicture } from "../../src/chart-picture/chartPicture.ts"
import { svgOf } from "../../src/chart-picture/writePicture.ts"
import type { LineInput } from "../../src/line-chart/ChartState.ts"
import { LineChartController } from "../../src/line-chart/LineChartController.ts"
import { curves } from "./curves.ts"

const colours = { background: "#fff", text: "#111", quiet: "#666", grid: "#eee", line: () => "rgb(1,2,3)" }
const stateOf = (lines: ReadonlyArray<LineInput>) => {
  const controller = new LineChartController()
  controller.send({ type: "lines", lines })
  return controller
}
const svg = (controller: LineChartController, title = "loss") =>
  svgOf(chartPicture(controller.getSnapshot(), title, colours))

describe("a picture of a chart", () => {
  it("has the title, ticks of both axes, the name of x, a line and a legend entry for every line shown", () => {
    const text = svg(stateOf(curves({ runs: 3, points: 100 })))
    const words = [...text.matchAll(/<text[^>]*>([^<]*)<\/text>/g)].map((match) => match[1])
    expect(words).toEqual(expect.arrayContaining(["loss", "step", "0.2", "1", "400", "amber-kite-0", "amber-kite-2"]))
    expect(text.match(/stroke-width="1.5"/g)?.length).toBe(3)
  })

  it("leaves hidden lines out and shows bands where the chart does", () => {
    const controller = stateOf(curves({ runs: 3, points: 50, banded: true }))
    expect(svg(controller).match(/opacity="0.13"/g)?.length).toBe(3)
    controller.send({ type: "toggle", line: "run-1" })
    const text = svg(controller)
    expect(text).not.toContain("amber-kite-1")
    expect(text.match(/opacity="0.13"/g)?.length).toBe(2)
  })

  it("keeps the raw line behind a smoothed one", () => {
    const controller = stateOf(curves({ runs: 1, points: 80 }))
    controller.send({ type: "options", options: { smoothing: { kind: "ema", amount: 0.8 } } })
    expect(svg(controller)).toContain('opacity="0.25"')
  })

  it("is well-formed whatever runs are called", () => {
    const names = ['</text><script>alert("1")</script>', "a\u0000b\u0008", "&amp;", "\ud800 lone"]
    const text = svg(stateOf(names.map((label, at) => ({ id: `r${at}`, label, x: [0, 1], y: [at, 1] }))), "<b>&")
    expect(text).not.toMatch(/<script|\p{Cs}/u)
    expect([...text].every((one) => one >= " " || one === "\n")).toBe(true)
    expect(text).toContain("&lt;b&gt;&amp;")
  })

  it("breaks lines at values that are no numbers and still marks a lone point", () => {
    const text = svg(stateOf([{ id: "a", x: [0, 1, 2, 3, 4], y: [1, Number.NaN, 2, Number.NaN, 3] }]))
    expect(text).not.toContain("NaN")
    expect(text.match(/h0\.01/g)?.length).toBe(3)
  })

  it("shortens a long name in the middle and counts the lines that find no room", () => {
    const long = `${"x".repeat(60)}-final-17`
    const lines = Array.from({ length: 130 }, (_, at) => ({ id: `r${at}`, label: long, x: [0, 1], y: [at, 1] }))
    const text = svg(stateOf(lines))
    expect(text).toContain("…final-17")
    expect(text).toContain("10 more")
  })
})

describe("points as CSV", () => {
  it("has a row a point and runs no name as a formula", () => {
    const controller = stateOf([{ id: "a", label: '=HYPERLINK("x")', x: [0, 1], y: [0.5, Number.NaN] }])
    expect(chartCsv(controller.getSnapshot())).toBe(
      `line,step,value,min,max\r\n"'=HYPERLINK(""x"")",0,0.5,0.5,0.5\r\n"'=HYPERLINK(""x"")",1,NaN,NaN,NaN\r\n`
    )
  })
})
