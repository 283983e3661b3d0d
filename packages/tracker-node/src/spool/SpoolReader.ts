/**
 * Reads a spool batch by batch, from the cut before to the cut after, in bounded memory. The sender of a living process and
 * `sync` read through the same class, so both send the same batches.
 */
import { type FileHandle, open } from "node:fs/promises"
import {
  asCut,
  asKeyset,
  asLines,
  asOpening,
  asOperation,
  asValues,
  type SpoolLine,
  type SpoolOpening,
  type SpoolOperation,
  type SpoolValues
} from "./SpoolContent.ts"
import { headBytes, parseJson, parseRecord, RecordType, relativeStep, type SpoolRecord } from "./SpoolRecord.ts"

/** Rows of one key set; `rows` holds `step, timeMs, value…` for each. */
export interface RowGroup {
  readonly names: ReadonlyArray<string>
  readonly rows: Float64Array
  readonly relative: boolean
}

export interface Batch {
  /** Sequence of the batch's points among the writer's batches with points; 0 when it has none. */
  readonly metrics: number
  readonly logs: number
  readonly groups: ReadonlyArray<RowGroup>
  readonly values: ReadonlyArray<SpoolValues & { readonly relative: boolean }>
  readonly lines: ReadonlyArray<SpoolLine>
  readonly operations: ReadonlyArray<SpoolOperation>
  /** Where the next batch begins. */
  readonly end: number
}

export interface SpoolTail {
  /** Behind the last whole record. */
  readonly wholeBytes: number
  /** Behind the last cut. */
  readonly cutEnd: number
  readonly metrics: number
  readonly logs: number
  /** Whether whole records follow the last cut, and of which kind. */
  readonly openMetrics: boolean
  readonly openLogs: boolean
  readonly finished: boolean
}

const readBytes = 1 << 20

const noCut = { metrics: 0, logs: 0 }

export class SpoolReader {
  opening: SpoolOpening | null = null
  /** Records that are whole but say nothing this version reads; each is left out. */
  unreadable = 0
  readonly #handle: FileHandle
  readonly #keysets = new Map<number, ReadonlyArray<string>>()
  #buffer = Buffer.alloc(readBytes)
  #filled = 0
  #at = 0
  #fileOffset = 0

  private constructor(handle: FileHandle) {
    this.#handle = handle
  }

  static async open(file: string): Promise<SpoolReader> {
    return new SpoolReader(await open(file, "r"))
  }

  get offset(): number {
    return this.#fileOffset + this.#at
  }

  close(): Promise<void> {
    return this.#handle.close()
  }

  /** Starts over from the first batch; what the key sets say stays known. */
  rewind(): void {
    this.#fileOffset = 0
    this.#at = 0
    this.#filled = 0
  }

  /** The next whole batch that ends at or before `limit`, or null when there is none yet. */
  async nextBatch(limit = Number.POSITIVE_INFINITY): Promise<Batch | null> {
    if (this.offset >= limit) return null
    const groups: RowGroupDraft[] = []
    const values: Array<SpoolValues & { relative: boolean }> = []
    const lines: SpoolLine[] = []
    const operations: SpoolOperation[] = []
    while (true) {
      const record = await this.#next()
      if (record === null) return null
      this.#remember(record)
      if (record.type === RecordType.row) addRow(groups, record, this.#keysets)
      else if (record.type === RecordType.values) {
        const value = this.#said(record, asValues)
        if (value !== null) values.push({ ...value, relative: (record.flags & relativeStep) !== 0 })
      } else if (record.type === RecordType.lines) {
        for (const line of this.#said(record, asLines) ?? []) lines.push(line)
      } else if (record.type === RecordType.operation) {
        const operation = this.#said(record, asOperation)
        if (operation !== null) operations.push(operation)
      } else if (record.type === RecordType.cut) {
        const cut = this.#said(record, asCut) ?? noCut
        return { ...cut, groups: groups.map(sealGroup), values, lines, operations, end: this.offset }
      }
    }
  }

  /** Reads to the end of the file and says what a dead process left there. */
  async tail(): Promise<SpoolTail> {
    let state = { metrics: 0, logs: 0, cutEnd: 0, openMetrics: false, openLogs: false, finished: false }
    while (true) {
      const record = await this.#next()
      if (record === null) break
      this.#remember(record)
      if (record.type === RecordType.row || record.type === RecordType.values) state.openMetrics = true
      else if (record.type === RecordType.lines) state.openLogs = true
      else if (record.type === RecordType.operation) {
        if (this.#said(record, asOperation)?.op === "finish") state.finished = true
      } else if (record.type === RecordType.cut) {
        const cut = this.#said(record, asCut) ?? noCut
        state = {
          metrics: Math.max(state.metrics, cut.metrics),
          logs: Math.max(state.logs, cut.logs),
          cutEnd: record.end,
          openMetrics: false,
          openLogs: false,
          finished: state.finished
        }
      }
    }
    return { ...state, wholeBytes: this.offset }
  }

  #remember(record: SpoolRecord): void {
    if (record.type === RecordType.opening) this.opening ??= this.#said(record, asOpening)
    else if (record.type === RecordType.keyset) {
      const names = this.#said(record, asKeyset)
      if (names !== null) this.#keysets.set(record.ref, names)
    }
  }

  // The checksum holds, so this is no accident: another version wrote it, or somebody who is not us.
  #said<A>(record: SpoolRecord, read: (value: unknown) => A | null): A | null {
    let said: A | null = null
    try {
      said = read(parseJson(record.payload))
    } catch {
      // No JSON.
    }
    if (said === null) this.unreadable++
    return said
  }

  async #next(): Promise<SpoolRecord | null> {
    while (true) {
      const parsed = parseRecord(this.#buffer, this.#at, this.#filled, this.#fileOffset)
      if (parsed.kind === "record") {
        this.#at = parsed.record.end - this.#fileOffset
        return parsed.record
      }
      if (parsed.kind === "torn" || !(await this.#fill())) return null
    }
  }

  async #fill(): Promise<boolean> {
    this.#buffer.copyWithin(0, this.#at, this.#filled)
    this.#filled -= this.#at
    this.#fileOffset += this.#at
    this.#at = 0
    const needed = this.#filled >= 4 ? this.#buffer.readUInt32LE(0) + headBytes + 8 : readBytes
    if (needed > this.#buffer.length || this.#filled === this.#buffer.length) {
      const { size } = await this.#handle.stat()
      // A torn length may say anything; no record is longer than its file.
      const larger = Buffer.alloc(Math.max(Math.min(needed, size), this.#buffer.length) + readBytes)
      this.#buffer.copy(larger, 0, 0, this.#filled)
      this.#buffer = larger
    }
    const { bytesRead } = await this.#handle.read(
      this.#buffer,
      this.#filled,
      this.#buffer.length - this.#filled,
      this.#fileOffset + this.#filled
    )
    this.#filled += bytesRead
    return bytesRead > 0
  }
}

interface RowGroupDraft {
  readonly ref: number
  readonly relative: boolean
  readonly names: ReadonlyArray<string>
  readonly parts: Uint8Array[]
}

const addRow = (
  groups: RowGroupDraft[],
  record: SpoolRecord,
  keysets: ReadonlyMap<number, ReadonlyArray<string>>
): void => {
  const names = keysets.get(record.ref)
  if (names === undefined || record.payload.length !== 8 * (names.length + 2)) return
  const relative = (record.flags & relativeStep) !== 0
  const last = groups.at(-1)
  // A Buffer's own slice would share the memory that the next read overwrites.
  const copy = new Uint8Array(record.payload)
  if (last !== undefined && last.ref === record.ref && last.relative === relative) last.parts.push(copy)
  else groups.push({ ref: record.ref, relative, names, parts: [copy] })
}

const sealGroup = (draft: RowGroupDraft): RowGroup => {
  const bytes = Buffer.concat(draft.parts)
  const rows = new Float64Array(bytes.length / 8)
  new Uint8Array(rows.buffer).set(bytes)
  return { names: draft.names, relative: draft.relative, rows }
}
