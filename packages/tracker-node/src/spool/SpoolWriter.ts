/**
 * Appends records to a spool file with one write call each, so that whatever `log` returned from survives the death of the
 * process; a power cut may take the last second. Also places the cuts: what lies between two cuts is one batch with one
 * sequence, decided when it is written, so that a resend after any crash has the same batches.
 */
import { closeSync, fdatasync, ftruncateSync, openSync, writeSync } from "node:fs"
import { jsonRecord, RecordType } from "./SpoolRecord.ts"

export interface SpoolWriterOptions {
  readonly file: string
  /** Longest time that records wait for their cut, milliseconds. */
  readonly cutAfterMs: number
  /** Size at which a batch is cut. */
  readonly cutBytes: number
  readonly onError: (error: unknown) => void
  /** A new cut stands at the end of the file. */
  readonly onCut: () => void
}

export class SpoolWriter {
  /** Bytes that are whole records. */
  size = 0
  /** Offset behind the last cut: what a sender may read. */
  cutEnd = 0
  /** Records that could not be written, on a full disk for example. */
  dropped = 0
  readonly #fd: number
  readonly #options: SpoolWriterOptions
  #metrics = 0
  #logs = 0
  #openMetrics = false
  #openLogs = false
  #cutTimer: NodeJS.Timeout | undefined
  #syncTimer: NodeJS.Timeout | undefined
  #unsynced = false
  #closed = false
  #cutAfterMs: number

  constructor(options: SpoolWriterOptions) {
    this.#options = options
    this.#cutAfterMs = options.cutAfterMs
    this.#fd = openSync(options.file, "ax", 0o600)
    this.#syncTimer = setInterval(() => this.#sync(), 1000)
    this.#syncTimer.unref()
  }

  /** Longer while the server is away, so that an outage does not leave thousands of tiny batches. */
  set cutAfterMs(ms: number) {
    this.#cutAfterMs = ms
  }

  json(type: RecordType, value: unknown, ref = 0): boolean {
    let record: Buffer
    try {
      record = jsonRecord(type, value, 0, ref)
    } catch (error) {
      this.#options.onError(error)
      return false
    }
    return this.append(record, record.length, type)
  }

  /** Writes whole sealed records. False when they could not be written; nothing of them stays then. */
  append(bytes: Buffer, length: number, type: RecordType): boolean {
    if (this.#closed) return false
    let written = 0
    try {
      while (written < length) written += writeSync(this.#fd, bytes, written, length - written)
    } catch (error) {
      this.dropped++
      this.#discardTail(written)
      this.#options.onError(error)
      return false
    }
    this.size += length
    this.#unsynced = true
    if (type === RecordType.row || type === RecordType.values) this.#openMetrics = true
    else if (type === RecordType.lines) this.#openLogs = true
    if (this.size - this.cutEnd >= this.#options.cutBytes) this.cut()
    else if (this.#cutTimer === undefined) {
      this.#cutTimer = setTimeout(() => this.cut(), this.#cutAfterMs)
      this.#cutTimer.unref()
    }
    return true
  }

  /** Ends the current batch, if it holds anything. */
  cut(): void {
    clearTimeout(this.#cutTimer)
    this.#cutTimer = undefined
    if (this.#closed || this.size === this.cutEnd) return
    const cut = {
      metrics: this.#openMetrics ? this.#metrics + 1 : 0,
      logs: this.#openLogs ? this.#logs + 1 : 0
    }
    const record = jsonRecord(RecordType.cut, cut)
    let written = 0
    try {
      while (written < record.length) written += writeSync(this.#fd, record, written)
    } catch (error) {
      // The records stay in the file without their cut; the next append tries again.
      this.#discardTail(written)
      this.#options.onError(error)
      return
    }
    if (this.#openMetrics) this.#metrics++
    if (this.#openLogs) this.#logs++
    this.#openMetrics = false
    this.#openLogs = false
    this.size += record.length
    this.cutEnd = this.size
    this.#unsynced = true
    this.#options.onCut()
  }

  close(): void {
    if (this.#closed) return
    this.cut()
    this.#closed = true
    clearTimeout(this.#cutTimer)
    clearInterval(this.#syncTimer)
    try {
      closeSync(this.#fd)
    } catch (error) {
      this.#options.onError(error)
    }
  }

  // A torn record in the middle would hide everything behind it.
  #discardTail(written: number): void {
    if (written === 0) return
    try {
      ftruncateSync(this.#fd, this.size)
    } catch (error) {
      this.#options.onError(error)
    }
  }

  #sync(): void {
    if (!this.#unsynced || this.#closed) return
    this.#unsynced = false
    fdatasync(this.#fd, (error) => {
      if (error !== null && !this.#closed) this.#options.onError(error)
    })
  }
}
