/** Attributes and properties of `wl-line-chart`, and how attribute text is read. */
import type { XAxis } from "@wanllmdb/core/metric"
import type { PropertyDeclarations } from "lit"
import type { ScaleKind } from "../scale/Scale.ts"
import type { SmoothingKind } from "../smooth/Smoothing.ts"

const list = (text: string | null): ReadonlyArray<string> =>
  (text ?? "")
    .split(",")
    .map((part) => part.trim())
    .filter((part) => part !== "")

/** `step`, `wall`, `relative`; any other word is the name of a metric. */
export const readXAxis = (text: string | null): XAxis =>
  text === null || text === "" || text === "step"
    ? "step"
    : text === "wall" || text === "relative"
      ? text
      : { metric: text }

const scales: ReadonlyArray<string> = ["linear", "log", "log2", "symlog", "time", "duration"]
const kinds: ReadonlyArray<string> = ["none", "ema", "twema", "gaussian", "average", "median"]

export const readScale = (text: string | null): ScaleKind | null =>
  text !== null && scales.includes(text) ? (text as ScaleKind) : null

export const readSmoothingKind = (text: string | null): SmoothingKind =>
  text !== null && kinds.includes(text) ? (text as SmoothingKind) : "twema"

export const lineChartProperties: PropertyDeclarations = {
  series: { attribute: false },
  project: {},
  runs: { attribute: false },
  keys: { converter: { fromAttribute: list } },
  x: { converter: { fromAttribute: readXAxis } },
  xScale: { attribute: "x-scale", converter: { fromAttribute: readScale } },
  yScale: { attribute: "y-scale", converter: { fromAttribute: (text) => readScale(text) ?? "linear" } },
  smooth: { type: Number },
  smoothing: { converter: { fromAttribute: readSmoothingKind } },
  band: { attribute: false },
  divisor: { type: Number },
  atLeast: { attribute: false },
  label: {},
  legend: { type: Boolean },
  noBadge: { type: Boolean, attribute: "no-badge" },
  noChrome: { type: Boolean, attribute: "no-chrome" },
  syncGroup: { attribute: "sync-group" },
  loading: { type: Boolean },
  error: {},
  table: { state: true }
}
