/** The line chart in a real browser: it draws, moves, speaks and passes axe, in both themes. */
import axe from "axe-core"
import { afterEach, describe, expect, it } from "vitest"
import { page, userEvent } from "vitest/browser"
import "../../src/define/line-chart.ts"
import type { WlLineChart } from "../../src/line-chart/WlLineChart.ts"
import { curves } from "./curves.ts"

const frames = async (count = 3) => {
  for (let index = 0; index < count; index++) await new Promise((done) => requestAnimationFrame(done))
}

const show = async (change: (chart: WlLineChart) => void, width = 420, theme = "light"): Promise<WlLineChart> => {
  document.body.style.cssText = `color-scheme: ${theme}; margin: 16px; background: var(--wl-bg)`
  const card = document.createElement("div")
  card.style.cssText = `width: ${width}px; padding: 8px 10px 6px; background: var(--wl-surface); border: 1px solid var(--wl-line); border-radius: 8px`
  const chart = document.createElement("wl-line-chart")
  change(chart)
  card.append(chart)
  document.body.append(card)
  await chart.updateComplete
  await frames(4)
  await new Promise((done) => setTimeout(done, 60))
  return chart
}

const shots = async (name: string) => void (await page.screenshot({ path: `../../../../out/shots/chart-${name}.png` }))

afterEach(() => document.body.replaceChildren())

describe.each(["light", "dark"])("wl-line-chart, %s", (theme) => {
  it("draws lines from properties alone and passes axe", async () => {
    await show(
      (chart) =>
        Object.assign(chart, { label: "loss", series: curves({ runs: 8, points: 400, live: 0 }), legend: true }),
      420,
      theme
    )
    await shots(`loss-${theme}`)
    const { violations } = await axe.run(document.body, { rules: { region: { enabled: false } } })
    expect(violations.map(({ id, nodes }) => [id, nodes[0]?.html])).toEqual([])
  })
})

it("draws pixels", async () => {
  const chart = await show((chart) => Object.assign(chart, { label: "loss", series: curves({ runs: 3, points: 100 }) }))
  const canvas = chart.renderRoot.querySelector("canvas")!
  const copy = new OffscreenCanvas(canvas.width, canvas.height).getContext("2d")!
  copy.drawImage(canvas, 0, 0)
  const { data } = copy.getImageData(0, 0, canvas.width, canvas.height)
  let inked = 0
  for (let at = 3; at < data.length; at += 4) if (data[at]! > 0) inked += 1
  expect(inked).toBeGreaterThan(500)
  await userEvent.tab()
})
