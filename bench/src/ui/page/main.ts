/** What the bench calls in the page: build a side, zoom it frame by frame, count ink, mount a table. */
import "@wanllmdb/ui-kit/define/run-table"
import { makeWall } from "./curves.ts"
import { kitSide, type Side, uPlotSide } from "./sides.ts"
import { mountTable } from "./table.ts"

const frame = () => new Promise<number>((done) => requestAnimationFrame(done))
const host = document.querySelector<HTMLElement>("#wall")!
const points = 1000
const wall = makeWall(12, 100, points)
let side: Side | null = null

const bench = {
  build: async (name: "kit" | "uplot"): Promise<void> => {
    side?.remove()
    side = name === "kit" ? await kitSide(host, wall) : uPlotSide(host, wall)
    for (let rest = 0; rest < 60; rest++) await frame()
  },
  /** One zoom step of all twelve charts per frame; answers the time between frames. */
  zoom: async (steps: number): Promise<ReadonlyArray<number>> => {
    const end = wall.x[points - 1]!
    const gaps: Array<number> = []
    let last = await frame()
    for (let step = 0; step < steps; step++) {
      const at = step / steps
      side!.zoom(end * 0.4 * at, end * (1 - 0.3 * at))
      const now = await frame()
      gaps.push(now - last)
      last = now
    }
    return gaps
  },
  /** Moves the pointer over the first chart, one step a frame; the cursors of all charts move with it. */
  hover: async (steps: number): Promise<ReadonlyArray<number>> => {
    const plot = host.querySelector("wl-line-chart")!.renderRoot.querySelector("[part=plot]")!
    const box = plot.getBoundingClientRect()
    const gaps: Array<number> = []
    let last = await frame()
    for (let step = 0; step < steps; step++) {
      const at = { clientX: box.left + 50 + ((box.width - 60) * step) / steps, clientY: box.top + box.height / 2 }
      plot.dispatchEvent(new PointerEvent("pointermove", { ...at, bubbles: true }))
      const now = await frame()
      gaps.push(now - last)
      last = now
    }
    return gaps
  },
  /** Pixels that the lines of the kit's first chart cover, to know that something was drawn. */
  ink: (): number => {
    const canvas = host.querySelector("wl-line-chart")!.renderRoot.querySelector("canvas")!
    const copy = new OffscreenCanvas(canvas.width, canvas.height).getContext("2d")!
    copy.drawImage(canvas, 0, 0)
    return copy.getImageData(0, 0, canvas.width, canvas.height).data.filter((value, at) => at % 4 === 3 && value > 0)
      .length
  },
  mountTable: (rows: number): Promise<number> => {
    side?.remove()
    side = null
    return mountTable(host, rows)
  }
}

export type Bench = typeof bench
Object.assign(globalThis, { bench })
