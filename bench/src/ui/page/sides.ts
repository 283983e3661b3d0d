/** The two renderers under test behind one interface: a wall of charts whose x-range moves, and that lets go of itself. */
import "@wanllmdb/ui-kit/define/line-chart"
import uPlot from "uplot"
import "uplot/dist/uPlot.min.css"
import type { Wall } from "./curves.ts"

export interface Side {
  zoom(from: number, to: number): void
  remove(): void
}

const palette = Array.from({ length: 100 }, (_, run) => `hsl(${(run * 137.5) % 360} 65% 45%)`)

export const kitSide = async (host: HTMLElement, wall: Wall): Promise<Side> => {
  const charts = wall.y.map((runs, at) => {
    const chart = document.createElement("wl-line-chart")
    chart.label = `metric ${at}`
    chart.syncGroup = "wall"
    chart.series = runs.map((y, run) => ({ id: `run-${run}`, x: wall.x, y, colour: palette[run % 100] }))
    return chart
  })
  host.replaceChildren(...charts)
  await Promise.all(charts.map((chart) => chart.updateComplete))
  return {
    zoom: (from, to) => {
      for (const chart of charts) chart.range = { from, to }
    },
    remove: () => host.replaceChildren()
  }
}

/** Its fastest setting that still draws what ours does: hairlines, axes, no points, no legend. */
export const uPlotSide = (host: HTMLElement, wall: Wall): Side => {
  host.replaceChildren()
  const plots = wall.y.map((runs) => {
    const cell = document.createElement("div")
    host.append(cell)
    const series = runs.map((_, run) => ({ stroke: palette[run % 100]!, width: 1, points: { show: false } }))
    const options = {
      width: 460,
      height: 216,
      pxAlign: 0 as const,
      legend: { show: false },
      cursor: { points: { show: false } },
      scales: { x: { time: false } },
      series: [{}, ...series]
    }
    return new uPlot(options, [wall.x, ...runs], cell)
  })
  return {
    zoom: (from, to) => {
      for (const plot of plots) plot.setScale("x", { min: from, max: to })
    },
    remove: () => {
      for (const plot of plots) plot.destroy()
      host.replaceChildren()
    }
  }
}
