/** The menu of a chart: opens by keyboard, passes axe, and saves the chart in the colours of its page. */
import { afterEach, describe, expect, it } from "vitest"
import { page, userEvent } from "vitest/browser"
import { type MenuChart, pictureOf } from "../../src/chart-picture/chartMenu.ts"
import { pngOf } from "../../src/chart-picture/writePicture.ts"
import "../../src/define/line-chart.ts"
import { curves } from "./curves.ts"
import { clearStage, faults, frames, stage, until } from "./stage.ts"

const chartIn = (theme: string) =>
  stage(
    Object.assign(document.createElement("wl-line-chart"), {
      label: "val/loss",
      series: curves({ runs: 4, points: 200 })
    }),
    420,
    theme
  )

afterEach(clearStage)

describe.each(["light", "dark"])("in a %s page", (theme) => {
  it("the open menu passes axe and closes on Escape", async () => {
    const chart = await chartIn(theme)
    await userEvent.tab()
    await userEvent.keyboard("m")
    await until(() => chart.renderRoot.querySelectorAll("[role=menuitem]").length === 4)
    await frames(2)
    expect(await faults()).toEqual([])
    await userEvent.keyboard("{ArrowDown}")
    expect(chart.shadowRoot?.activeElement?.textContent).toBe("Download SVG")
    await userEvent.keyboard("{Escape}")
    expect(chart.renderRoot.querySelector(".choices:popover-open")).toBeNull()
  })

  it("the picture is as light or dark as the page", async () => {
    const chart = await chartIn(theme)
    const menu: MenuChart = {
      element: chart,
      title: "val/loss",
      state: () => chart.controller.getSnapshot(),
      css: () => "var(--wl-s1)",
      table: () => {}
    }
    const picture = pictureOf(menu)
    const bitmap = await createImageBitmap(await pngOf(picture))
    expect([bitmap.width, bitmap.height]).toEqual([picture.width * 2, picture.height * 2])
    const context = new OffscreenCanvas(bitmap.width, bitmap.height).getContext("2d")!
    context.drawImage(bitmap, 0, 0)
    const [red = 0] = context.getImageData(2, 2, 1, 1).data
    expect(red > 128).toBe(theme === "light")
    const { data } = context.getImageData(0, 0, bitmap.width, bitmap.height)
    let inked = 0
    for (let at = 0; at < data.length; at += 4) if (Math.abs(data[at]! - red) > 40) inked += 1
    expect(inked).toBeGreaterThan(5000)
  })
})

it("the menu shows the data as a table", async () => {
  const chart = await chartIn("light")
  await userEvent.click(page.getByRole("button", { name: "Menu of val/loss" }))
  await until(() => chart.renderRoot.querySelectorAll("[role=menuitem]").length === 4)
  await userEvent.click(page.getByRole("menuitem", { name: "Show as table" }))
  await until(() => chart.renderRoot.querySelector("table") !== null)
})

it("says from outside when its lines are on screen", async () => {
  const chart = document.createElement("wl-line-chart")
  let told = 0
  chart.addEventListener("wl-drawn", () => {
    told += 1
  })
  chart.series = curves({ runs: 2, points: 50 })
  await stage(chart)
  await until(() => chart.hasAttribute("drawn"))
  expect(told).toBe(1)
})
