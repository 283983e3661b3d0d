/** What keys do on a focused plot. */
import type { ChartEvent } from "./ChartState.ts"

export interface KeyTarget {
  send(event: ChartEvent): void
  /** Where the cursor stands along the axis, 0 to 1; the middle without a cursor. */
  cursorFraction(): number
  toggleTable(): void
  openMenu(): void
  fullScreen(): void
}

/** Whether the key meant something here. */
export const pressKey = (event: KeyboardEvent, target: KeyTarget): boolean => {
  if (event.altKey || event.metaKey) return false
  const by = event.ctrlKey ? "tenth" : "point"
  switch (event.key) {
    case "ArrowRight":
      target.send({ type: "step", by, direction: 1 })
      return true
    case "ArrowLeft":
      target.send({ type: "step", by, direction: -1 })
      return true
    case "ArrowUp":
      target.send({ type: "change-line", direction: -1 })
      return true
    case "ArrowDown":
      target.send({ type: "change-line", direction: 1 })
      return true
    case "Home":
      target.send({ type: "step", by: "end", direction: -1 })
      return true
    case "End":
      target.send({ type: "step", by: "end", direction: 1 })
      return true
  }
  if (event.ctrlKey) return false
  switch (event.key) {
    case "+":
    case "=":
      target.send({ type: "zoom-by", factor: 0.5, at: target.cursorFraction() })
      return true
    case "-":
      target.send({ type: "zoom-by", factor: 2, at: target.cursorFraction() })
      return true
    case "0":
      target.send({ type: "reset" })
      return true
    case "t":
      target.toggleTable()
      return true
    case "m":
      target.openMenu()
      return true
    case "f":
      target.fullScreen()
      return true
    case "Escape":
      target.send({ type: "cursor", x: null })
      return true
  }
  return false
}
