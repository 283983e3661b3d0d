/** Where the parts of a chart lie, in CSS pixels of the element's plot box. */
import type { ScaleKind } from "../scale/Scale.ts"
import type { Tick } from "../scale/ticks.ts"

export interface PlotLayout {
  readonly width: number
  readonly height: number
  readonly left: number
  readonly top: number
  readonly right: number
  readonly bottom: number
}

/** The picture of the lines is this much larger than the plot on each side, for dots with halos on its edge. */
export const bleed = 8

const digitWidth = 6.3

/** About how wide a label is at 11 px with tabular figures; measuring would force a layout in every frame. */
export const labelWidth = (label: string): number => label.length * digitWidth + (/[mM]/.test(label) ? 3 : 0)

export const plotLayout = (width: number, height: number, yTicks: ReadonlyArray<Tick>): PlotLayout => {
  const widest = yTicks.reduce((most, { label }) => Math.max(most, labelWidth(label)), 0)
  // In steps of eight, so that the plot does not shift with every new digit.
  const left = Math.min(width / 3, Math.max(32, Math.ceil((widest + 8) / 8) * 8))
  return { width, height, left, top: 6, right: Math.max(left + 1, width - 8), bottom: Math.max(7, height - 20) }
}

/** How many ticks an axis has room for. */
export const yTickRoom = (height: number): number => Math.min(6, Math.max(2, Math.floor((height - 26) / 20)))
export const xTickRoom = (width: number, scale: ScaleKind): number =>
  Math.min(6, Math.max(2, Math.floor((width - 40) / (scale === "time" || scale === "duration" ? 48 : 42))))
