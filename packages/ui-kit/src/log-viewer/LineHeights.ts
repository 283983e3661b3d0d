/**
 * How tall wrapped lines are, so that a log of any length scrolls without being laid out. A line's rows are reckoned from
 * its text and the columns that fit; lines on the screen are measured, which settles what only a font can tell, such as the
 * width of an emoji. A line that is not loaded counts as one row. Sums are kept per page of lines.
 */
import type { LogLineJson } from "@wanllmdb/core/client"
import { plainText, visibleWidth } from "./ansi.ts"

const pageSize = 1000

/** Rows that a text takes when it is broken after spaces, and within words that are longer than a row. */
export const wrappedRows = (text: string, columns: number): number => {
  const width = visibleWidth(text)
  if (width <= columns) return 1
  const plain = plainText(text)
  // Wide characters and tabs do not stand one to a column: their rows are settled once they are drawn.
  if (plain.length !== width) return Math.ceil(width / columns)
  let rows = 1
  for (let from = 0; plain.length - from > columns; rows++) {
    const space = plain.lastIndexOf(" ", from + columns - 1)
    from = space >= from ? space + 1 : from + columns
  }
  return rows
}

export interface LineSource {
  line(position: number): LogLineJson | undefined
  /** Grows when a line of a thousand changes: `page` holds positions `1000 page` to `1000 page + 999`. */
  revision(page: number): number
}

interface Page {
  revision: number
  count: number
  readonly rows: Uint16Array
  total: number
}

export class LineHeights {
  readonly #source: LineSource
  readonly #pages = new Map<number, Page>()
  /** Rows as measured, with the text they were measured of: a progress bar changes its line. */
  readonly #measured = new Map<number, readonly [text: string, rows: number]>()
  #columns = 0
  #count = 0

  constructor(source: LineSource) {
    this.#source = source
  }

  /** Columns that fit a row, and lines that there are. Must be called before the other methods, whenever either changed. */
  fit(columns: number, count: number): void {
    if (columns !== this.#columns) {
      this.#pages.clear()
      this.#measured.clear()
    }
    this.#columns = Math.max(1, columns)
    this.#count = count
  }

  /** Rows of all lines. */
  get total(): number {
    return this.rowsBefore(this.#count)
  }

  /** Rows above a line. */
  rowsBefore(position: number): number {
    const last = Math.floor(position / pageSize)
    let rows = 0
    for (let page = 0; page < last; page++) rows += this.#page(page).total
    if (position % pageSize === 0) return rows
    const { rows: own } = this.#page(last)
    for (let at = 0; at < position % pageSize; at++) rows += own[at]!
    return rows
  }

  /** The line that a row belongs to. */
  lineAt(row: number): number {
    let left = Math.max(0, row)
    for (let page = 0; page * pageSize < this.#count; page++) {
      const { total, rows, count } = this.#page(page)
      if (left >= total) {
        left -= total
        continue
      }
      for (let at = 0; at < count; at++) {
        if (left < rows[at]!) return page * pageSize + at
        left -= rows[at]!
      }
    }
    return Math.max(0, this.#count - 1)
  }

  rowsOf(position: number): number {
    return this.#page(Math.floor(position / pageSize)).rows[position % pageSize] ?? 1
  }

  /** Takes the rows that a line was drawn in; true when they are not those it was reckoned to have. */
  measured(position: number, rows: number): boolean {
    const line = this.#source.line(position)
    if (line === undefined || rows < 1 || rows === this.rowsOf(position)) return false
    this.#measured.set(position, [line.text, rows])
    const page = this.#pages.get(Math.floor(position / pageSize))
    if (page !== undefined) page.revision = -1
    return true
  }

  #page(index: number): Page {
    const revision = this.#source.revision(index)
    const count = Math.max(0, Math.min(pageSize, this.#count - index * pageSize))
    let page = this.#pages.get(index)
    if (page?.revision === revision && page.count === count) return page
    page ??= { revision, count, rows: new Uint16Array(pageSize), total: 0 }
    page.revision = revision
    page.count = count
    page.total = 0
    for (let at = 0; at < count; at++) {
      page.rows[at] = this.#reckon(index * pageSize + at)
      page.total += page.rows[at]!
    }
    this.#pages.set(index, page)
    return page
  }

  #reckon(position: number): number {
    const text = this.#source.line(position)?.text
    if (text === undefined) return 1
    const measured = this.#measured.get(position)
    if (measured !== undefined && measured[0] === text) return measured[1]
    return Math.min(65_535, wrappedRows(text, this.#columns))
  }
}
