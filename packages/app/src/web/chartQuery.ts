/** What the controls above charts say, kept in the page's address. */
import type { Router } from "./Router.ts"

export interface ChartView {
  readonly x: "step" | "wall" | "relative" | { readonly metric: string }
  readonly yScale: "linear" | "log"
  /** 0 is none, below 1. */
  readonly smooth: number
  readonly filter: string
}

export const readChartView = (router: Router): ChartView => {
  const x = router.query("x") ?? "step"
  const smooth = Number(router.query("smooth") ?? 0)
  return {
    x: x === "step" || x === "wall" || x === "relative" ? x : { metric: x },
    yScale: router.query("y") === "log" ? "log" : "linear",
    smooth: Number.isFinite(smooth) ? Math.min(0.99, Math.max(0, smooth)) : 0,
    filter: router.query("panels") ?? ""
  }
}

export const writeChartView = (router: Router, { x, yScale, smooth, filter }: ChartView): void =>
  router.setQuery({
    x: x === "step" ? null : typeof x === "string" ? x : x.metric,
    y: yScale === "log" ? "log" : null,
    smooth: smooth === 0 ? null : String(smooth),
    panels: filter
  })
