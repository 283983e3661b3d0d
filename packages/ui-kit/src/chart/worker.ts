/**
 * The one worker that draws all charts of a page. It draws one panel, then looks at its messages again: a newer view replaces
 * an older one, and a hovered chart goes first.
 */
import { Panels } from "../raster/Panels.ts"
import type { PanelImage, PanelMessage } from "./PanelMessage.ts"

/** The part of a worker's global scope that is used here; the DOM's types describe a page. */
interface WorkerScope {
  onmessage: ((event: MessageEvent<ReadonlyArray<PanelMessage>>) => void) | null
  postMessage(message: PanelImage, transfer: ReadonlyArray<ArrayBuffer>): void
}

const scope = globalThis as unknown as WorkerScope
const panels = new Panels()
const turn = new MessageChannel()
let turning = false

turn.port1.onmessage = () => {
  const image = panels.drawNext()
  if (image !== null) scope.postMessage(image, [image.pixels])
  if (panels.waiting > 0) turn.port2.postMessage(null)
  else turning = false
}

scope.onmessage = ({ data }) => {
  for (const message of data) {
    if (message.type === "open") panels.open(message.id)
    else if (message.type === "patch") panels.patch(message.id, message.patch)
    else if (message.type === "priority") panels.prioritise(message.id, message.priority)
    else if (message.type === "spent") panels.reuse(message.pixels)
    else panels.close(message.id)
  }
  if (panels.waiting === 0 || turning) return
  turning = true
  turn.port2.postMessage(null)
}
