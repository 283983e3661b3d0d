/** What a key means in a data grid, after the ARIA authoring practices; row -1 is the header. */
export type GridStep =
  | { readonly kind: "move"; readonly row: number; readonly column: number; readonly extend: boolean }
  | { readonly kind: "open" | "select" | "show" | "all" | "clear" }

interface GridPlace {
  readonly row: number
  readonly column: number
  readonly rows: number
  readonly columns: number
  /** Rows in view. */
  readonly page: number
}

type KeyPress = Pick<KeyboardEvent, "key" | "ctrlKey" | "metaKey" | "shiftKey">

export const gridKeys = (press: KeyPress, { row, column, rows, columns, page }: GridPlace): GridStep | null => {
  const control = press.ctrlKey || press.metaKey
  const to = (nextRow: number, nextColumn: number, extend = false): GridStep => ({
    kind: "move",
    row: Math.max(-1, Math.min(rows - 1, nextRow)),
    column: Math.max(0, Math.min(columns - 1, nextColumn)),
    extend
  })
  switch (press.key) {
    case "ArrowDown":
      return to(control ? rows - 1 : row + 1, column, press.shiftKey)
    case "ArrowUp":
      return to(control ? 0 : row - 1, column, press.shiftKey)
    case "ArrowRight":
      return to(row, column + 1)
    case "ArrowLeft":
      return to(row, column - 1)
    case "PageDown":
      return to(row + page, column, press.shiftKey)
    case "PageUp":
      return to(Math.max(0, row - page), column, press.shiftKey)
    case "Home":
      return control ? to(0, 0) : to(row, 0)
    case "End":
      return control ? to(rows - 1, columns - 1) : to(row, columns - 1)
    case "Enter":
      return { kind: "open" }
    case " ":
      return { kind: "select" }
    case "v":
      return control ? null : { kind: "show" }
    case "a":
      return control ? { kind: "all" } : null
    case "Escape":
      return { kind: "clear" }
    default:
      return null
  }
}

/** Whether a key on a group's header folds or unfolds it: Enter and Space turn it, the arrows as in a tree. */
export const foldKey = ({ key, shiftKey, ctrlKey }: KeyPress, folded: boolean): boolean =>
  !shiftKey && !ctrlKey && (key === "Enter" || key === " " || key === (folded ? "ArrowRight" : "ArrowLeft"))

/** By how much a key on a header makes its column wider, px; 0 for other keys. */
export const resizeKey = ({ key, shiftKey }: KeyPress): number =>
  !shiftKey ? 0 : key === "ArrowRight" ? 16 : key === "ArrowLeft" ? -16 : 0
