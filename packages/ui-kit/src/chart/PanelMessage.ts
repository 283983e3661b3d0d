/** What a page and its chart worker tell each other: to the worker one batch per frame, for all charts together. */
import type { ScenePatch } from "../raster/Scene.ts"

/** Whose turn it is to be drawn; higher is sooner. */
export const Priority = { prefetch: 0, visible: 1, hovered: 2 } as const

export type PanelMessage =
  | { readonly type: "open"; readonly id: number }
  | { readonly type: "patch"; readonly id: number; readonly patch: ScenePatch }
  | { readonly type: "priority"; readonly id: number; readonly priority: number }
  | { readonly type: "close"; readonly id: number }
  /** The pixels of an image that is on screen, to be drawn on again. */
  | { readonly type: "spent"; readonly pixels: ArrayBuffer }

/** What the worker answers: the lines of a panel as they are now. */
export interface PanelImage {
  readonly id: number
  /** How many patches of the panel the image shows. */
  readonly patches: number
  /** Device pixels. */
  readonly width: number
  readonly height: number
  /** Four bytes a pixel by rows, with straight alpha, as `ImageData` has them. */
  readonly pixels: ArrayBuffer
}
