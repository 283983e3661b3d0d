/** The state of a line chart and the events that change it, for hosts that bring their own rendering. */
import type { XAxis } from "@wanllmdb/core/metric"
import type { Domain, ScaleKind } from "../scale/Scale.ts"
import type { ChartSeries } from "../series/ChartSeries.ts"
import type { Smoothing } from "../smooth/Smoothing.ts"
import type { SeriesFeed } from "./SeriesFeed.ts"

/** A line given by the host. Columns may be plain arrays; x ascends. */
export interface LineInput {
  readonly id: string
  readonly label?: string | undefined
  readonly x: ArrayLike<number>
  readonly y: ArrayLike<number>
  /** Extremes of what each point stands for, drawn as a band. */
  readonly low?: ArrayLike<number> | undefined
  readonly high?: ArrayLike<number> | undefined
  /** Any CSS colour. Default: the colour of `run`, or of `id`. */
  readonly colour?: string | undefined
  /** Which run the line belongs to; lines of a hovered run stand out in every chart. Default: `id`. */
  readonly run?: string | undefined
  /** Whether more points are expected: the line ends in a dot with a halo. */
  readonly live?: boolean | undefined
}

/** A run to load lines for. */
export interface ChartRun {
  readonly id: string
  readonly name?: string | undefined
  readonly live?: boolean | undefined
  readonly colour?: string | undefined
}

/** Where lines are loaded from. */
export interface ChartSource {
  readonly feed: SeriesFeed
  readonly runs: ReadonlyArray<ChartRun>
  readonly keys: ReadonlyArray<string>
}

/** A line as the chart knows it, without its points. */
export interface ChartLine {
  readonly id: string
  readonly label: string
  readonly run: string
  readonly live: boolean
  /** Null: by the run. */
  readonly colour: string | null
}

export interface ChartOptions {
  /** Default `step`. */
  readonly x: XAxis
  /** Default: what fits `x`. */
  readonly xScale: ScaleKind | null
  /** Default `linear`. */
  readonly yScale: ScaleKind
  readonly smoothing: Smoothing
  /** Whether min–max bands show; `auto` shows them for up to twelve lines. Default `auto`. */
  readonly band: boolean | "auto"
  /** Values are shown divided by this, such as 2³⁰ for bytes as GiB. Default 1. */
  readonly divisor: number
  /** What the y-axis spans at least, in values as logged, such as 0 to 100. Default null. */
  readonly atLeast: Domain | null
}

export interface ChartCursor {
  readonly x: number
  /** The line that the keyboard or the pointer is on. */
  readonly line: string | null
}

export type ChartStatus = "empty" | "loading" | "ready" | "error"

export interface ChartState {
  readonly status: ChartStatus
  /** What to tell people when `status` is `error`. */
  readonly error: string | null
  /** The live connection is down; what shows may be old. */
  readonly stale: boolean
  /** Whether finer data is still on its way. */
  readonly refining: boolean
  readonly options: ChartOptions
  readonly lines: ReadonlyArray<ChartLine>
  readonly series: ReadonlyMap<string, ChartSeries>
  /** Grows with every change of points. */
  readonly revision: number
  readonly hidden: ReadonlySet<string>
  /** Null: everything. */
  readonly zoom: { readonly x: Domain | null; readonly y: Domain | null }
  /** What the axes span now. */
  readonly view: { readonly x: Domain; readonly y: Domain }
  readonly xScale: ScaleKind
  readonly cursor: ChartCursor | null
  /** The run under the pointer, here or elsewhere on the page. */
  readonly hovered: string | null
}

export type ChartEvent =
  | { readonly type: "lines"; readonly lines: ReadonlyArray<LineInput> }
  | { readonly type: "source"; readonly source: ChartSource | null }
  | { readonly type: "options"; readonly options: Partial<ChartOptions> }
  /** The plot's width in device pixels decides how fine series are loaded. */
  | { readonly type: "resize"; readonly pixels: number }
  /** Null shows everything along that axis; a left-out axis stays. */
  | { readonly type: "zoom"; readonly x?: Domain | null; readonly y?: Domain | null }
  /** `at` is a fraction of the x-axis, 0 at the left; a factor of 0.5 shows half as much. */
  | { readonly type: "zoom-by"; readonly factor: number; readonly at: number }
  /** Fractions of the axes. */
  | { readonly type: "pan"; readonly x: number; readonly y?: number }
  | { readonly type: "reset" }
  | { readonly type: "cursor"; readonly x: number | null; readonly line?: string | null }
  /** Moves the cursor along its line. */
  | { readonly type: "step"; readonly by: "point" | "tenth" | "end"; readonly direction: 1 | -1 }
  /** Moves the cursor to the line above (−1) or below at its x. */
  | { readonly type: "change-line"; readonly direction: 1 | -1 }
  | { readonly type: "hover"; readonly run: string | null }
  | { readonly type: "toggle"; readonly line: string }
  /** Shows one line alone; again, shows all. */
  | { readonly type: "isolate"; readonly line: string }
  | { readonly type: "retry" }
