/**
 * The index of one project in memory: columns that were asked for, and over them the runs that changed since the stored
 * pages were written. Applying a run twice does no harm, so pages that are newer than they claim are no problem.
 */
import { Column, textual } from "./column/Column.ts"
import { decodePage, encodePage } from "./column/fieldPage.ts"
import { PageBuffer } from "./column/PageBuffer.ts"
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
  readonly #columns = new Map<string, Column>()
  readonly #overlay = new Map<number, Overlay>()
  /** Since when changes wait to be stored. */
  waitingSince: number | null = null

  constructor(head: FieldIndexHead) {
    this.head = head
    this.applied = head.sequence
  }

  get waiting(): number {
    return this.#overlay.size
  }

  apply(ordinal: number, sequence: number, fields: RunFields | null, now: number): void {
    this.#overlay.set(ordinal, { fields, sequence })
    this.count = Math.max(this.count, ordinal + 1)
    this.waitingSince ??= now
    for (const [name, column] of this.#columns) column.set(ordinal, fields?.get(name))
  }

  /** Fields of the runs that changed since the pages were stored. */
  changedFields(): ReadonlySet<string> {
    const names = new Set<string>()
    for (const { fields } of this.#overlay.values()) for (const name of fields?.keys() ?? []) names.add(name)
    return names
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
    const pages = new Map(stored.map(({ field, body }) => [field, new PageBuffer(decodePage(body))]))
    const dirty = new Set<string>()
    for (const [ordinal, { fields }] of this.#overlay) {
      if (Math.floor(ordinal / runsPerBlock) !== block) continue
      const at = ordinal % runsPerBlock
      for (const [field, page] of pages) {
        if (page.has(at) && fields?.has(field) !== true && page.set(at, undefined)) dirty.add(field)
      }
      for (const [field, value] of fields ?? []) {
        const page = pages.get(field) ?? new PageBuffer()
        pages.set(field, page)
        if (page.set(at, value)) dirty.add(field)
      }
    }
    return [...dirty].map((field) => ({ field, block, body: encodePage(pages.get(field)!) }))
  }

  /** The stored pages are complete up to the head: what the overlay holds up to there is not needed any more. */
  stored(head: FieldIndexHead, now: number): void {
    this.head = head
    for (const [ordinal, { sequence }] of this.#overlay) if (sequence <= head.sequence) this.#overlay.delete(ordinal)
    this.waitingSince = this.#overlay.size === 0 ? null : now
  }
}
