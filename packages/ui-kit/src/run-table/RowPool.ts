/**
 * Draws the rows in view and no others: a fixed set of row elements moves over a tall empty box, and only text changes.
 * All content is set as text nodes and properties, so a run's name can never become markup.
 */
import type { CellValue } from "@wanllmdb/core/client"
import { formatNumber } from "../format/formatNumber.ts"
import { formatAge, formatMoment } from "../format/formatTime.ts"
import type { RunRow } from "./RunRow.ts"
import type { RunTableState } from "./RunTableState.ts"
import { stateWord } from "./stateWord.ts"

/** Tallest box that browsers scroll well; beyond it the scroll position is scaled. */
const tallestPx = 8_000_000
const spare = 4

export interface RowLinks {
  readonly hrefOf: (row: RunRow) => string | null
  readonly colourOf: (run: string) => string
}

interface PooledRow {
  readonly element: HTMLElement
  readonly square: HTMLElement
  readonly link: HTMLAnchorElement
  readonly tag: HTMLElement
  readonly pill: HTMLElement
  readonly cells: ReadonlyArray<HTMLElement>
  readonly age: HTMLElement
  at: number
}

const part = (tag: string, className: string, parent: HTMLElement): HTMLElement => {
  const element = document.createElement(tag)
  element.className = className
  parent.append(element)
  return element
}

/** `0.9731` for results, `0.003` for settings as they were given, `–` where the run lacks the field. */
export const cellText = (value: CellValue, field: string): string => {
  if (value === null || value === undefined) return ""
  const number =
    typeof value === "number"
      ? value
      : value === "NaN" || value === "Infinity" || value === "-Infinity"
        ? Number(value)
        : null
  if (number !== null)
    return field.startsWith("config.") && Math.abs(number) < 1e6 && Math.abs(number) >= 1e-5
      ? String(number)
      : formatNumber(number)
  return String(value)
}

export class RowPool {
  readonly #box: HTMLElement
  readonly #scroller: HTMLElement
  #rows: Array<PooledRow> = []
  #columns: ReadonlyArray<string> = []
  #version = -1
  #active: Element | undefined
  readonly rowHeight: number

  constructor(scroller: HTMLElement, box: HTMLElement, rowHeight: number) {
    this.#scroller = scroller
    this.#box = box
    this.rowHeight = rowHeight
  }

  get rowsInView(): number {
    return Math.max(1, Math.floor((this.#scroller.clientHeight - this.rowHeight) / this.rowHeight))
  }

  drawsInto(box: HTMLElement): boolean {
    return box === this.#box
  }

  /** Index of the row a pooled element stands for; -1 when the event came from elsewhere. */
  rowOf(event: Event): number {
    const path = event.composedPath()
    return this.#rows.find(({ element }) => path.includes(element))?.at ?? -1
  }

  reveal(index: number): void {
    const { scrollTop, clientHeight } = this.#scroller
    const top = index * this.rowHeight
    const room = clientHeight - 28 - this.rowHeight
    if (top < scrollTop) this.#scroller.scrollTop = top
    else if (top > scrollTop + room) this.#scroller.scrollTop = top - room
  }

  /** Gives the first and last row drawn. */
  draw(
    state: RunTableState,
    columns: ReadonlyArray<string>,
    active: number,
    activeColumn: number,
    links: RowLinks
  ): readonly [number, number] {
    const { rows, version } = state
    const height = Math.min(rows.total * this.rowHeight, tallestPx)
    this.#box.style.height = `${height}px`
    const wanted = Math.ceil((this.#scroller.clientHeight || 800) / this.rowHeight) + 2 * spare
    if (columns.join("\n") !== this.#columns.join("\n") || this.#rows.length < Math.min(wanted, rows.total))
      this.#build(columns, wanted)
    const scale = (rows.total * this.rowHeight) / Math.max(1, height)
    const offset = this.#scroller.scrollTop * scale
    const first = Math.max(0, Math.min(Math.floor(offset / this.rowHeight) - spare, rows.total - this.#rows.length))
    const last = Math.min(rows.total, first + this.#rows.length) - 1
    const shift = this.#scroller.scrollTop - offset
    const fresh = version !== this.#version
    this.#version = version
    const now = Date.now()
    const count = last - first + 1
    for (let at = 0; at < this.#rows.length; at++) {
      const pooled = this.#rows[at]!
      // Its place counted from the first drawn row; what is beyond the last one stays out of sight.
      const distance = (at - (first % this.#rows.length) + this.#rows.length) % this.#rows.length
      if (pooled.element.hidden !== distance >= count) pooled.element.hidden = distance >= count
    }
    for (let index = first; index <= last; index++) {
      const pooled = this.#rows[index % this.#rows.length]!
      pooled.element.style.transform = `translateY(${index * this.rowHeight + shift}px)`
      if (pooled.at !== index || fresh) this.#fill(pooled, index, state, now, links)
    }
    this.#mark(active >= first && active <= last ? this.#rows[active % this.#rows.length] : undefined, activeColumn)
    return [first, last]
  }

  /** Gives the active cell the id that `aria-activedescendant` names. */
  #mark(row: PooledRow | undefined, column: number): void {
    const cell = row?.element.children[column]
    if (cell === this.#active) return
    this.#active?.removeAttribute("id")
    this.#active?.parentElement?.classList.remove("active")
    this.#active = cell
    if (cell !== undefined) cell.id = "active"
    row?.element.classList.add("active")
  }

  #build(columns: ReadonlyArray<string>, count: number): void {
    this.#columns = columns
    this.#rows = Array.from({ length: count }, () => this.#newRow(columns))
    this.#box.replaceChildren(...this.#rows.map(({ element }) => element))
  }

  #newRow(columns: ReadonlyArray<string>): PooledRow {
    const element = document.createElement("div")
    element.className = "row"
    element.setAttribute("role", "row")
    element.setAttribute("part", "row")
    element.hidden = true
    const cell = (className: string): HTMLElement => {
      const made = part("div", `cell ${className}`, element)
      made.setAttribute("role", "gridcell")
      made.setAttribute("part", "cell")
      return made
    }
    const square = part("button", "toggle", cell("shown"))
    square.tabIndex = -1
    part("span", "square", square)
    const name = cell("name")
    const link = part("a", "link clip", name) as HTMLAnchorElement
    link.tabIndex = -1
    const tag = part("span", "tag", name)
    const pill = part("span", "pill", cell("state"))
    const cells = columns.map(() => cell("number clip"))
    return { element, square, link, tag, pill, cells, age: cell("number age"), at: -1 }
  }

  #fill(pooled: PooledRow, index: number, state: RunTableState, now: number, links: RowLinks): void {
    pooled.at = index
    const { element, square, link, tag, pill, cells, age } = pooled
    const row = state.rows.at(index)
    element.setAttribute("aria-rowindex", String(index + 2))
    element.classList.toggle("waiting", row === undefined)
    if (row === undefined) {
      for (const text of [link, tag, pill, age, ...cells]) text.textContent = ""
      pill.hidden = true
      tag.hidden = true
      return
    }
    const shown = state.shown.has(row.id)
    const selected = state.selected.has(row.id)
    element.setAttribute("aria-selected", String(selected))
    element.classList.toggle("selected", selected)
    element.classList.toggle("unshown", !shown)
    square.setAttribute("aria-pressed", String(shown))
    square.setAttribute("aria-label", `Show ${row.name} in charts`)
    const mark = square.firstElementChild as HTMLElement
    mark.style.background = shown ? links.colourOf(row.id) : "transparent"
    mark.style.boxShadow = `inset 0 0 0 1.5px ${shown ? links.colourOf(row.id) : "var(--wl-line-strong)"}`
    link.textContent = row.name === "" ? row.slug : row.name
    link.title = row.name
    const href = links.hrefOf(row)
    if (href === null) link.removeAttribute("href")
    else link.setAttribute("href", href)
    tag.hidden = row.tags.length === 0
    tag.textContent = row.tags.length > 1 ? `${row.tags[0]} +${row.tags.length - 1}` : (row.tags[0] ?? "")
    tag.title = row.tags.join(", ")
    const word = stateWord(row.state)
    pill.hidden = row.state === "finished"
    pill.className = `pill ${row.state}`
    pill.textContent = word
    for (const [at, cell] of cells.entries()) {
      const value = row.columns[state.columns.indexOf(this.#columns[at]!)] ?? null
      cell.textContent = cellText(value, this.#columns[at]!)
      cell.title = value === null ? "" : String(value)
    }
    const created = Date.parse(row.createdAt)
    age.textContent = Number.isNaN(created) ? "" : formatAge(created, now)
    age.title = Number.isNaN(created) ? "" : formatMoment(created)
  }
}
