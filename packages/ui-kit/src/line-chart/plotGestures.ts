/**
 * What a pointer does on a plot: hover, drag a box to zoom, drag with Shift to pan, wheel with Ctrl to zoom, double click to
 * see everything. Positions are pixels of the plot box.
 */
export interface GestureTarget {
  hover(x: number, y: number): void
  leave(): void
  /** The box under way; null ends it without a zoom. */
  brush(box: Box | null): void
  /** A null side spans the whole axis. */
  zoomTo(x: readonly [number, number] | null, y: readonly [number, number] | null): void
  pan(dx: number, dy: number): void
  zoomBy(factor: number, x: number): void
  reset(): void
  click(x: number, y: number): void
}

export interface Box {
  readonly x: readonly [number, number]
  readonly y: readonly [number, number]
  /** Which axes the box selects. */
  readonly along: "x" | "y" | "both"
}

/** Less movement than this is a click; less along one axis leaves that axis as it is. */
const slack = 4
const thin = 16

const boxBetween = (x0: number, y0: number, x1: number, y1: number, onlyY: boolean): Box => {
  const width = Math.abs(x1 - x0)
  const height = Math.abs(y1 - y0)
  const along = onlyY || (width < thin && height >= thin) ? "y" : height < thin ? "x" : "both"
  return { x: [Math.min(x0, x1), Math.max(x0, x1)], y: [Math.min(y0, y1), Math.max(y0, y1)], along }
}

/** Answers what takes the listeners off again. */
export const listenToPlot = (plot: HTMLElement, target: GestureTarget): (() => void) => {
  const listening = new AbortController()
  const { signal } = listening
  let drag: { x: number; y: number; lastX: number; lastY: number; pan: boolean; moved: boolean } | null = null
  let bounds: DOMRect | null = null

  const at = (event: MouseEvent): readonly [number, number] => {
    bounds ??= plot.getBoundingClientRect()
    return [event.clientX - bounds.left, event.clientY - bounds.top]
  }
  const on = <K extends keyof HTMLElementEventMap>(
    type: K,
    listener: (event: HTMLElementEventMap[K]) => void,
    options: AddEventListenerOptions = {}
  ) => plot.addEventListener(type, listener, { ...options, signal })

  on("pointerenter", () => {
    bounds = null
  })
  on("pointerdown", (event) => {
    if (event.button !== 0) return
    bounds = null
    const [x, y] = at(event)
    // A finger reads values by touching; dragging it scrolls the page.
    if (event.pointerType === "touch") {
      target.hover(x, y)
      return
    }
    drag = { x, y, lastX: x, lastY: y, pan: event.shiftKey, moved: false }
    plot.setPointerCapture(event.pointerId)
  })
  on("pointermove", (event) => {
    // Scrolling moves the plot under a pointer without telling; one read per move, with nothing dirty, is cheap.
    bounds = null
    const [x, y] = at(event)
    if (drag === null) {
      target.hover(x, y)
      return
    }
    drag.moved ||= Math.hypot(x - drag.x, y - drag.y) > slack
    if (!drag.moved) return
    if (drag.pan) target.pan(x - drag.lastX, y - drag.lastY)
    else target.brush(boxBetween(drag.x, drag.y, x, y, event.altKey))
    drag.lastX = x
    drag.lastY = y
  })
  on("pointerup", (event) => {
    if (drag === null) return
    const [x, y] = at(event)
    const { moved, pan } = drag
    const box = boxBetween(drag.x, drag.y, x, y, event.altKey)
    drag = null
    target.brush(null)
    if (!moved) target.click(x, y)
    else if (!pan) target.zoomTo(box.along === "y" ? null : box.x, box.along === "x" ? null : box.y)
  })
  on("pointercancel", () => {
    drag = null
    target.brush(null)
  })
  on("pointerleave", () => {
    if (drag === null) target.leave()
  })
  on("dblclick", () => target.reset())
  on(
    "wheel",
    (event) => {
      if (!event.ctrlKey && !event.metaKey) return
      event.preventDefault()
      bounds = null
      target.zoomBy(Math.exp(Math.max(-60, Math.min(60, event.deltaY)) * 0.006), at(event)[0])
    },
    { passive: false }
  )
  return () => listening.abort()
}
