/** What a page tells the chart worker: one batch of these per frame, for all charts together. */
import type { ScenePatch } from "../raster/Scene.ts"

/** Whose turn it is to be drawn; higher is sooner. */
export const Priority = { prefetch: 0, visible: 1, hovered: 2 } as const

export type PanelMessage =
  | { readonly type: "open"; readonly id: number; readonly canvas: OffscreenCanvas }
  | { readonly type: "patch"; readonly id: number; readonly patch: ScenePatch }
  | { readonly type: "priority"; readonly id: number; readonly priority: number }
  | { readonly type: "close"; readonly id: number }

/** What the worker tells the page: a panel shows its newest state. */
export interface PanelDrawn {
  readonly id: number
  /** How many patches of the panel the picture shows. */
  readonly patches: number
  /** How long drawing took. */
  readonly milliseconds: number
}
