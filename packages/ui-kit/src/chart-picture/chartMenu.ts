/** What the menu of a chart offers. Loaded when a menu is first opened, since most charts are only looked at. */
import { saveFile } from "../base/saveFile.ts"
import type { ChartLine, ChartState } from "../line-chart/ChartState.ts"
import { readColour } from "../theme/readColour.ts"
import { chartCsv } from "./chartCsv.ts"
import { chartPicture } from "./chartPicture.ts"
import type { Picture } from "./Picture.ts"
import { pngOf, svgOf } from "./writePicture.ts"

export interface MenuChart {
  /** Stands where the theme's colours hold. */
  readonly element: HTMLElement
  readonly title: string
  readonly state: () => ChartState
  readonly css: (line: ChartLine) => string
  readonly table: () => void
}

/** The chart as it shows now, in the colours of the page. */
export const pictureOf = ({ element, title, state, css }: MenuChart): Picture => {
  const colour = (value: string) => {
    const [red, green, blue] = readColour(element, value)
    return `rgb(${red},${green},${blue})`
  }
  return chartPicture(state(), title, {
    background: colour("var(--wl-surface)"),
    text: colour("var(--wl-text)"),
    quiet: colour("var(--wl-text-2)"),
    grid: colour("var(--wl-grid)"),
    line: (line) => colour(css(line))
  })
}

const fileName = (title: string): string => title.replace(/[^\p{L}\p{N}._-]+/gu, "-").slice(0, 100) || "chart"

const actions: ReadonlyArray<readonly [name: string, act: (chart: MenuChart) => unknown]> = [
  ["Download PNG", async (chart) => saveFile(await pngOf(pictureOf(chart)), `${fileName(chart.title)}.png`)],
  [
    "Download SVG",
    (chart) => saveFile(new Blob([svgOf(pictureOf(chart))], { type: "image/svg+xml" }), `${fileName(chart.title)}.svg`)
  ],
  [
    "Download CSV",
    (chart) => saveFile(new Blob([chartCsv(chart.state())], { type: "text/csv" }), `${fileName(chart.title)}.csv`)
  ],
  ["Show as table", (chart) => chart.table()]
]

/** Fills an open menu and puts the focus on its first line; arrows move, and a choice closes it. */
export const fillMenu = (menu: HTMLElement, chart: MenuChart): void => {
  const items = actions.map(([name, act]) => {
    const item = document.createElement("button")
    item.role = "menuitem"
    item.textContent = name
    item.onclick = () => {
      menu.hidePopover()
      act(chart)
    }
    return item
  })
  menu.replaceChildren(...items)
  menu.onkeydown = (event) => {
    const by = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0
    if (by === 0) return
    event.preventDefault()
    const at = items.indexOf(event.target as HTMLButtonElement)
    items[(at + by + items.length) % items.length]?.focus()
  }
  items[0]?.focus()
}
