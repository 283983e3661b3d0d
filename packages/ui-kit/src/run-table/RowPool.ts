/**
 * Draws the rows in view and no others: a fixed set of row elements moves over a tall empty box, and only text changes.
 * All content is set as text nodes and properties, so a run's name can never become markup.
 */
import type { CellValue } from "@wanllmdb/core/client"
import { splitMiddle } from "../base/splitMiddle.ts"
import { boxHeight, contentOffset, scrollTopOf } from "../base/VirtualScroll.ts"
import { formatNumber } from "../format/formatNumber.ts"
import { formatAge, formatMoment } from "../format/formatTime.ts"
import { columnTitle, type RunGroup, type RunRow } from "./RunRow.ts"
import type { RunTableState } from "./RunTableState.ts"
import { stateWord } from "./stateWord.ts"

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
  /** Height of all rows, px. */
  #content = 0
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
    const at = contentOffset(scrollTop, this.#content)
    const top = index * this.rowHeight
    const room = clientHeight - 28 - this.rowHeight
    if (top < at) this.#scroller.scrollTop = scrollTopOf(top, this.#content)
    else if (top > at + room) this.#scroller.scrollTop = scrollTopOf(top - room, this.#content)
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
    this.#content = rows.total * this.rowHeight
    this.#box.style.height = `${boxHeight(this.#content)}px`
    const wanted = Math.ceil((this.#scroller.clientHeight || 800) / this.rowHeight) + 2 * spare
    if (columns.join("\n") !== this.#columns.join("\n") || this.#rows.length < Math.min(wanted, rows.total))
      this.#build(columns, wanted)
    const offset = contentOffset(this.#scroller.scrollTop, this.#content)
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
    const link = part("a", "link middle", name) as HTMLAnchorElement
    link.tabIndex = -1
    link.append(document.createElement("span"), document.createElement("span"))
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
    const group = row === undefined ? state.rows.groupAt?.(index) : undefined
    const grouped = state.rows.groupAt !== undefined
    element.classList.toggle("group", group !== undefined)
    element.classList.toggle("waiting", row === undefined && group === undefined)
    if (grouped) element.setAttribute("aria-level", group === undefined ? "2" : "1")
    else element.removeAttribute("aria-level")
    if (group !== undefined) {
      this.#fillGroup(pooled, group, state)
      return
    }
    element.removeAttribute("aria-expanded")
    if (row === undefined) {
      this.#name(link, "")
      for (const text of [tag, pill, age, ...cells]) text.textContent = ""
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
    this.#name(link, row.name === "" ? row.slug : row.name)
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

  /** A name too long for its cell loses its middle. */
  #name(link: HTMLElement, text: string): void {
    const [head, tail] = splitMiddle(text)
    link.firstElementChild!.textContent = head
    link.lastElementChild!.textContent = tail
    link.title = text
  }

  #fillGroup({ element, square, link, tag, pill, cells, age }: PooledRow, group: RunGroup, state: RunTableState): void {
    const { value, runs, folded } = group
    const title = columnTitle(state.group ?? "")
    const text = value === null ? `no ${title}` : `${title}: ${cellText(value, state.group ?? "")}`
    element.setAttribute("aria-expanded", String(!folded))
    element.removeAttribute("aria-selected")
    element.classList.remove("selected", "unshown")
    square.removeAttribute("aria-pressed")
    square.setAttribute("aria-label", `${folded ? "Unfold" : "Fold"} ${text}`)
    ;(square.firstElementChild as HTMLElement).removeAttribute("style")
    this.#name(link, text)
    link.removeAttribute("href")
    tag.hidden = false
    tag.textContent = `${runs.length.toLocaleString("en-US")} ${runs.length === 1 ? "run" : "runs"}`
    tag.title = ""
    pill.hidden = true
    age.textContent = ""
    age.title = ""
    for (const [at, cell] of cells.entries()) {
      const mean = group.cells[state.columns.indexOf(this.#columns[at]!)] ?? null
      // A mean of settings has as many digits as other numbers, not all that the division left.
      cell.textContent = cellText(typeof mean === "number" ? Number(mean.toPrecision(4)) : mean, this.#columns[at]!)
      cell.title = typeof mean === "number" ? `mean of ${runs.length}: ${mean}` : ""
    }
  }
}
