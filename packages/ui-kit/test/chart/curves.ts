/** Training curves for tests: the same numbers on every machine. */
import type { LineInput } from "../../src/line-chart/ChartState.ts"

/** A small deterministic generator; values from 0 to below 1. */
export const random = (seed: number): (() => number) => {
  let state = seed >>> 0
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return state / 2 ** 32
  }
}

export interface CurveOptions {
  readonly runs: number
  readonly points: number
  readonly seed?: number
  readonly kind?: "loss" | "accuracy"
  readonly banded?: boolean
  readonly live?: number
}

export const curves = ({
  runs,
  points,
  seed = 3,
  kind = "loss",
  banded = false,
  live = -1
}: CurveOptions): ReadonlyArray<LineInput> => {
  const next = random(seed)
  return Array.from({ length: runs }, (_, run) => {
    const speed = 1.8 + next() * 4.8
    const floor = 0.05 + next() * 0.12
    const length = run === live ? Math.floor(points * 0.72) : points
    const x = Float64Array.from({ length }, (_, index) => index * 10)
    const y = Float64Array.from({ length }, (_, index) => {
      const at = index / points
      const base =
        kind === "loss" ? Math.exp(-speed * at) * (1 - floor) + floor : 1 - Math.exp(-speed * at) * 0.75 - floor * 0.5
      return base + (next() - 0.5) * 0.045
    })
    const id = `run-${run}`
    const band = banded ? { low: y.map((v) => v - 0.05), high: y.map((v) => v + 0.05) } : {}
    return { id, label: `amber-kite-${run}`, x, y, live: run === live, ...band }
  })
}
