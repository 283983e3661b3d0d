/** Everything that the picture of one chart's lines depends on, as plain data, so that it can live in a worker or in Node. */

import type { Domain, ScaleKind } from "../scale/Scale.ts"
import { ChartSeries, type SeriesData } from "../series/ChartSeries.ts"
import { noSmoothing, type Smoothing } from "../smooth/Smoothing.ts"

export interface SceneLine {
  readonly id: string
  /** `0xBBGGRR`: red in the lowest byte, as in little-endian RGBA pixels. */
  readonly colour: number
  /** CSS pixels. */
  readonly width: number
  /** 0 to 1. */
  readonly opacity: number
  /** Ends in a dot with a halo. */
  readonly live: boolean
}

export interface SceneView {
  readonly x: Domain
  readonly y: Domain
  readonly xScale: ScaleKind
  readonly yScale: ScaleKind
}

/** CSS pixels. The plot is where the axes span; the picture is larger, so that a dot on the edge is whole. */
export interface SceneFrame {
  readonly width: number
  readonly height: number
  readonly ratio: number
  readonly plot: { readonly left: number; readonly top: number; readonly right: number; readonly bottom: number }
}

/** A change to a scene. What is left out stays as it is. */
export interface ScenePatch {
  readonly frame?: SceneFrame
  readonly view?: SceneView
  /** What to draw, in this order; a series without a line is kept but not drawn. */
  readonly lines?: ReadonlyArray<SceneLine>
  /** These lines stand out and the others fade; null: all alike. */
  readonly emphasis?: ReadonlyArray<string> | null
  readonly smoothing?: Smoothing
  /** Whether min–max bands are drawn. */
  readonly band?: boolean
  readonly put?: ReadonlyArray<{ readonly id: string; readonly data: SeriesData }>
  readonly append?: ReadonlyArray<{ readonly id: string; readonly data: SeriesData }>
  readonly drop?: ReadonlyArray<string>
}

export class Scene {
  readonly series = new Map<string, ChartSeries>()
  frame: SceneFrame = { width: 0, height: 0, ratio: 1, plot: { left: 0, top: 0, right: 0, bottom: 0 } }
  view: SceneView = { x: { from: 0, to: 1 }, y: { from: 0, to: 1 }, xScale: "linear", yScale: "linear" }
  lines: ReadonlyArray<SceneLine> = []
  emphasis: ReadonlyArray<string> | null = null
  smoothing: Smoothing = noSmoothing
  band = true

  apply(patch: ScenePatch): void {
    this.frame = patch.frame ?? this.frame
    this.view = patch.view ?? this.view
    this.lines = patch.lines ?? this.lines
    if (patch.emphasis !== undefined) this.emphasis = patch.emphasis
    this.smoothing = patch.smoothing ?? this.smoothing
    this.band = patch.band ?? this.band
    for (const id of patch.drop ?? []) this.series.delete(id)
    for (const { id, data } of patch.put ?? []) this.series.set(id, new ChartSeries(id, data))
    for (const { id, data } of patch.append ?? []) this.series.get(id)?.append(data)
  }
}
