/**
 * One field of all runs of a project, in blocks of 1,024: a byte says what kind of value a run has, a double holds it.
 * Texts are codes into a dictionary that only grows. Scanning a hundred thousand runs is then a loop over two arrays.
 */
import { runsPerBlock } from "../FieldIndex.ts"

export type CellValue = number | boolean | string

export const missing = 0
export const numeric = 1
export const flag = 2
export const textual = 3

export interface Block {
  readonly kinds: Uint8Array
  readonly values: Float64Array
}

export const emptyBlock = (): Block => ({
  kinds: new Uint8Array(runsPerBlock),
  values: new Float64Array(runsPerBlock)
})

/** The texts of a column, each once. */
export class Dictionary {
  readonly texts: Array<string> = []
  readonly #codes = new Map<string, number>()
  #sorted: Array<number> = []
  #ranks = new Float64Array(0)

  code(text: string): number {
    const known = this.#codes.get(text)
    if (known !== undefined) return known
    const code = this.texts.push(text) - 1
    this.#codes.set(text, code)
    return code
  }

  find(text: string): number | undefined {
    return this.#codes.get(text)
  }

  /** Place of each code in code unit order of texts. */
  ranks(): Float64Array {
    this.#order()
    return this.#ranks
  }

  /** The rank the text has, or the half step where it would stand. */
  rankOf(text: string): number {
    this.#order()
    const known = this.#codes.get(text)
    if (known !== undefined) return this.#ranks[known]!
    let low = 0
    let high = this.#sorted.length
    while (low < high) {
      const middle = (low + high) >> 1
      if (this.texts[this.#sorted[middle]!]! < text) low = middle + 1
      else high = middle
    }
    return low - 0.5
  }

  #order(): void {
    const { texts } = this
    if (this.#sorted.length === texts.length) return
    const compare = (a: number, b: number) => (texts[a]! < texts[b]! ? -1 : 1)
    const added = Array.from({ length: texts.length - this.#sorted.length }, (_, i) => this.#sorted.length + i).sort(
      compare
    )
    // Only the new texts are sorted; merging them in keeps a search after each new run cheap.
    const old = this.#sorted
    const merged: Array<number> = []
    let next = 0
    for (const code of old) {
      while (next < added.length && compare(added[next]!, code) < 0) merged.push(added[next++]!)
      merged.push(code)
    }
    while (next < added.length) merged.push(added[next++]!)
    this.#sorted = merged
    this.#ranks = new Float64Array(texts.length)
    for (let rank = 0; rank < merged.length; rank++) this.#ranks[merged[rank]!] = rank
  }
}

export class Column {
  readonly blocks: Array<Block | undefined> = []
  readonly dictionary = new Dictionary()

  /** Sets or clears the value of the run at `ordinal`. */
  set(ordinal: number, value: CellValue | undefined): void {
    const index = Math.floor(ordinal / runsPerBlock)
    const at = ordinal % runsPerBlock
    let block = this.blocks[index]
    if (block === undefined) {
      if (value === undefined) return
      block = emptyBlock()
      this.blocks[index] = block
    }
    if (value === undefined) {
      block.kinds[at] = missing
    } else if (typeof value === "string") {
      block.kinds[at] = textual
      block.values[at] = this.dictionary.code(value)
    } else {
      block.kinds[at] = typeof value === "boolean" ? flag : numeric
      block.values[at] = Number(value)
    }
  }

  get(ordinal: number): CellValue | undefined {
    const block = this.blocks[Math.floor(ordinal / runsPerBlock)]
    if (block === undefined) return undefined
    const at = ordinal % runsPerBlock
    const value = block.values[at]!
    switch (block.kinds[at]) {
      case numeric:
        return value
      case flag:
        return value === 1
      case textual:
        return this.dictionary.texts[value]
      default:
        return undefined
    }
  }

  /** Memory that its blocks take, in bytes. */
  get sizeBytes(): number {
    let blocks = 0
    for (const block of this.blocks) if (block !== undefined) blocks++
    return blocks * runsPerBlock * 9 + this.dictionary.texts.length * 48
  }
}
