import axe from "axe-core"
import { afterEach, expect, test } from "vitest"
import { page, userEvent } from "vitest/browser"
import { createMemoryClient } from "../src/client-memory/index.ts"
import "../src/define/log-viewer.ts"
import "../src/define/provider.ts"
import type { WlLogViewer } from "../src/log-viewer/WlLogViewer.ts"

afterEach(() => {
  document.body.replaceChildren()
})

const words = "word ".repeat(60)
/** Long, short, wide and tabbed lines in turn. */
const textOf = (at: number) => `${at} ${[words, "short", "日本語 🚀 ".repeat(30), "a\tb\tc ".repeat(40), ""][at % 5]}`

const mount = async (
  lines: number
): Promise<{ readonly viewer: WlLogViewer; readonly scroller: () => HTMLElement }> => {
  await page.viewport(1000, 700)
  const logs = Array.from({ length: lines }, (_, at) => ({ text: textOf(at) }))
  const provider = document.createElement("wl-provider")
  provider.client = createMemoryClient({ projects: [{ slug: "p", entity: "e", runs: [{ slug: "r", logs }] }] })
  const frame = document.createElement("main")
  frame.style.cssText = "width: 700px; height: 500px"
  const viewer = document.createElement("wl-log-viewer")
  viewer.run = "e:p:r"
  frame.append(viewer)
  provider.append(frame)
  document.body.append(provider)
  const scroller = () => viewer.shadowRoot!.querySelector<HTMLElement>(".scroller")!
  await expect.poll(() => viewer.shadowRoot!.textContent).toContain(`${lines - 1} `)
  return { viewer, scroller }
}

const drawn = (viewer: WlLogViewer) =>
  [...viewer.shadowRoot!.querySelectorAll<HTMLElement>(".line[data-at]")].sort(
    (a, b) => Number(a.dataset.at) - Number(b.dataset.at)
  )

/** Each line begins where the one before ends. */
const gaps = (viewer: WlLogViewer) => {
  const boxes = drawn(viewer).map((line) => line.getBoundingClientRect())
  return boxes.slice(1).map((box, at) => Math.abs(box.top - boxes[at]!.bottom))
}

const settled = async (viewer: WlLogViewer) => {
  for (let turn = 0; turn < 5; turn++) {
    await viewer.updateComplete
    await new Promise(requestAnimationFrame)
  }
}

const wrap = async (viewer: WlLogViewer) => {
  viewer.shadowRoot!.querySelector<HTMLElement>(".scroller")!.focus()
  await userEvent.keyboard("w")
  await settled(viewer)
}

test("wrapped lines stand one below the other without a gap, none runs out sideways, all of the text is there", async () => {
  const { viewer, scroller } = await mount(3000)
  await wrap(viewer)
  expect(viewer.wrap).toBe(true)
  for (const part of [1, 0.5, 0.123, 0]) {
    scroller().scrollTop = part * scroller().scrollHeight
    await settled(viewer)
    expect(Math.max(...gaps(viewer))).toBeLessThan(1)
    expect(scroller().scrollWidth).toBeLessThanOrEqual(scroller().clientWidth)
    for (const line of drawn(viewer).slice(0, 5))
      expect(line.querySelector(".text")!.textContent).toBe(textOf(Number(line.dataset.at)))
  }
  expect(drawn(viewer)[0]!.offsetHeight).toBeGreaterThan(18)
  expect((await axe.run(document.body)).violations).toEqual([])
})

test("the line at the upper edge stays there when lines are wrapped, unwrapped, and turn out taller above it", async () => {
  const { viewer, scroller } = await mount(3000)
  viewer.controller!.send({ type: "follow", follow: false })
  scroller().scrollTop = 1500 * 18
  await expect.poll(() => drawn(viewer).some(({ dataset }) => dataset.at === "1500")).toBe(true)
  await settled(viewer)
  const topOf = (at: number) =>
    drawn(viewer)
      .find(({ dataset }) => dataset.at === String(at))!
      .getBoundingClientRect().top - scroller().getBoundingClientRect().top
  expect(Math.abs(topOf(1500))).toBeLessThan(2)
  await wrap(viewer)
  expect(Math.abs(topOf(1500))).toBeLessThan(2)
  await wrap(viewer)
  expect(Math.abs(topOf(1500))).toBeLessThan(2)
})

test("following keeps to the end while wrapped, and a match far away is brought into view", async () => {
  const { viewer, scroller } = await mount(3000)
  await wrap(viewer)
  const atEnd = () => scroller().scrollTop + scroller().clientHeight >= scroller().scrollHeight - 2
  expect(atEnd()).toBe(true)
  await viewer.client?.logs.append("e:p:r", [{ text: words }])
  await settled(viewer)
  expect(atEnd()).toBe(true)
  viewer.controller!.send({ type: "search", text: "1235 " })
  await expect.poll(() => viewer.shadowRoot!.querySelector(".current")?.textContent).toContain("1235 ")
  await settled(viewer)
  const box = viewer.shadowRoot!.querySelector(".current")!.getBoundingClientRect()
  const frame = scroller().getBoundingClientRect()
  expect(box.top).toBeGreaterThanOrEqual(frame.top)
  expect(box.bottom).toBeLessThanOrEqual(frame.bottom)
})
