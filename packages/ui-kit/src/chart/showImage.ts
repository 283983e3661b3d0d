/**
 * Puts the lines of a panel onto its canvas. The canvas is kept in memory, as one that is often read, and so is painted as a
 * part of the page. On the graphics card, or drawn by another thread, it would be a layer of its own: browsers weigh every
 * layer against every other in each frame, and a wall of charts would mostly wait for that.
 */
import type { PanelImage } from "./PanelMessage.ts"

export const showImage = (canvas: HTMLCanvasElement, { width, height, pixels }: PanelImage): void => {
  // Even the same size, set again, would clear the canvas.
  if (canvas.width !== width) canvas.width = width
  if (canvas.height !== height) canvas.height = height
  const context = canvas.getContext("2d", { willReadFrequently: true })
  context?.putImageData(new ImageData(new Uint8ClampedArray(pixels), width, height), 0, 0)
}
