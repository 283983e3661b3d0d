/**
 * The index of one project in memory: columns that were asked for, and over them the runs that changed since the stored
 * pages were written. Applying a run twice does no harm, so pages that are newer than they claim are no problem.
 */
import { type CellValue, Column, textual } from "./column/Column.ts"
import { cellsOf, decodePage, encodePage, type PageCells } from "./column/fieldPage.ts"
import type { RunFields } from "./column/runFields.ts"
import { type FieldIndexHead, type FieldPage, runsPerBlock } from "./FieldIndex.ts"

const maxColumnBytes = 48 * 1024 * 1024

interface Overlay {
  /** Null where the run left the project. */
  readonly fields: RunFields | null
  readonly sequence: number
}

export class ProjectIndex {
  /** What the stored pages were at last sight. */
  head: FieldIndexHead
  /** The project's change sequence that memory reflects. */
  applied: number
  /** Ordinals are below this. */
  count = 0
  readonly fieldNames: Set<string>
  readonly #columns = new Map<string, Column>()
  readonly #overlay = new Map<number, Overlay>()
  /** Since when changes wait to be stored. */
  waitingSince: number | null = null

  constructor(head: FieldIndexHead, fieldNames: Iterable<string>) {
    this.head = head
    this.applied = head.sequence
    this.fieldNames = new Set(fieldNames)
  }

  get waiting(): number {
    return this.#overlay.size
  }

  apply(ordinal: number, sequence: number, fields: RunFields | null, now: number): void {
    this.#overlay.set(ordinal, { fields, sequence })
    this.count = Math.max(this.count, ordinal + 1)
    this.waitingSince ??= now
    for (const [name, column] of this.#columns) column.set(ordinal, fields?.get(name))
    if (fields !== null) for (const name of fields.keys()) this.fieldNames.add(name)
  }

  has(name: string): boolean {
    return this.#columns.has(name)
  }

  /** A loaded column; one without any value is empty. */
  column(name: string): Column {
    return this.#columns.get(name) ?? new Column()
  }

  load(name: string, pages: ReadonlyArray<FieldPage>): void {
    const column = new Column()
    for (const { block, body } of pages) {
      const { kinds, values, texts } = decodePage(body)
      if (texts.length > 0) {
        const codes = texts.map((text) => column.dictionary.code(text))
        for (let i = 0; i < runsPerBlock; i++) if (kinds[i] === textual) values[i] = codes[values[i]!] ?? 0
      }
      column.blocks[block] = { kinds, values }
      this.count = Math.max(this.count, (block + 1) * runsPerBlock)
    }
    for (const [ordinal, { fields }] of this.#overlay) column.set(ordinal, fields?.get(name))
    this.#columns.set(name, column)
  }

  /** Marks columns as used last and drops the least used ones above the memory limit. */
  retain(names: ReadonlyArray<string>): void {
    for (const name of names) {
      const column = this.#columns.get(name)
      if (column === undefined) continue
      this.#columns.delete(name)
      this.#columns.set(name, column)
    }
    let bytes = 0
    for (const column of this.#columns.values()) bytes += column.sizeBytes
    for (const [name, column] of this.#columns) {
      if (bytes <= maxColumnBytes || names.includes(name)) return
      bytes -= column.sizeBytes
      this.#columns.delete(name)
    }
  }

  /** Blocks that have changes which are not stored. */
  waitingBlocks(): ReadonlyArray<number> {
    return [...new Set([...this.#overlay.keys()].map((ordinal) => Math.floor(ordinal / runsPerBlock)))].sort(
      (a, b) => a - b
    )
  }

  /** Pages of a block that differ from the stored ones once the changes are laid over them. */
  mergedPages(block: number, stored: ReadonlyArray<FieldPage>): ReadonlyArray<FieldPage> {
    const cells = new Map<string, PageCells>(stored.map(({ field, body }) => [field, cellsOf(decodePage(body))]))
    const dirty = new Set<string>()
    const set = (field: string, at: number, value: CellValue | undefined) => {
      const page = cells.get(field) ?? new Map<number, CellValue>()
      if (Object.is(page.get(at), value)) return
      if (value === undefined) page.delete(at)
      else page.set(at, value)
      cells.set(field, page)
      dirty.add(field)
    }
    for (const [ordinal, { fields }] of this.#overlay) {
      if (Math.floor(ordinal / runsPerBlock) !== block) continue
      const at = ordinal % runsPerBlock
      for (const [field, page] of cells) if (page.has(at) && fields?.has(field) !== true) set(field, at, undefined)
      if (fields !== null) for (const [field, value] of fields) set(field, at, value)
    }
    return [...dirty].map((field) => ({ field, block, body: encodePage(cells.get(field)!) }))
  }

  /** The stored pages are complete up to the head: what the overlay holds up to there is not needed any more. */
  stored(head: FieldIndexHead, now: number): void {
    this.head = head
    for (const [ordinal, { sequence }] of this.#overlay) if (sequence <= head.sequence) this.#overlay.delete(ordinal)
    this.waitingSince = this.#overlay.size === 0 ? null : now
  }
}
