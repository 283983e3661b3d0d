/** One page of the index opened for change: arrays like a column's block, with texts of its own. */
import { type CellValue, emptyBlock, flag, missing, numeric, textual } from "./Column.ts"
import type { PageContent } from "./fieldPage.ts"

export class PageBuffer implements PageContent {
  readonly kinds: Uint8Array
  readonly values: Float64Array
  readonly texts: Array<string>
  readonly #codes = new Map<string, number>()

  constructor(content: PageContent = { ...emptyBlock(), texts: [] }) {
    this.kinds = content.kinds
    this.values = content.values
    this.texts = [...content.texts]
    this.texts.forEach((text, code) => {
      this.#codes.set(text, code)
    })
  }

  has(at: number): boolean {
    return this.kinds[at] !== missing
  }

  /** Sets or clears the value at a position; gives whether that changed anything. */
  set(at: number, value: CellValue | undefined): boolean {
    const kind =
      value === undefined ? missing : typeof value === "string" ? textual : typeof value === "boolean" ? flag : numeric
    const stored = typeof value === "string" ? this.#code(value) : Number(value ?? 0)
    if (this.kinds[at] === kind && Object.is(this.values[at], stored)) return false
    this.kinds[at] = kind
    this.values[at] = stored
    return true
  }

  #code(text: string): number {
    const known = this.#codes.get(text)
    if (known !== undefined) return known
    const code = this.texts.push(text) - 1
    this.#codes.set(text, code)
    return code
  }
}
