/**
 * Console output and logger records become numbered lines in the spool. A finished line is written at once; a line that is
 * still being redrawn, such as a progress bar, is written again at most every half second.
 */
import { Terminal } from "@wanllmdb/core/log"
import type { SpoolLine } from "../spool/SpoolContent.ts"
import { RecordType } from "../spool/SpoolRecord.ts"
import type { SpoolWriter } from "../spool/SpoolWriter.ts"

export type LineLevel = "debug" | "info" | "warn" | "error"

const redrawMs = 500
const maxTextLength = 1 << 18
const maxStreamLength = 256
/** The last moment that a date can hold. */
const latestMs = 8.64e15
const linesPerRecord = 500
const levels: ReadonlySet<string> = new Set(["debug", "info", "warn", "error"] satisfies Array<LineLevel>)

export class LineLog {
  readonly #writer: SpoolWriter
  readonly #process: string
  readonly #streams = new Map<string, { readonly terminal: Terminal; base: number; next: number }>()
  /** Newest state of lines that are not written yet. */
  readonly #waiting = new Map<string, SpoolLine>()
  #timer: NodeJS.Timeout | undefined

  constructor(writer: SpoolWriter, process: string) {
    this.#writer = writer
    this.#process = process
  }

  /** A piece of a console stream, cut anywhere. */
  write(stream: string, piece: string): void {
    const state = this.#stream(stream)
    const lines = state.terminal.write(piece)
    if (lines.length === 0) return
    const whole: SpoolLine[] = []
    const atEnd = piece.endsWith("\n")
    const last = lines.at(-1)!.line
    for (const { line, text } of lines) {
      const number = state.base + line
      state.next = Math.max(state.next, number + 1)
      const record = this.#line(stream, number, text)
      if (line < last || atEnd) {
        this.#waiting.delete(`${stream}\0${number}`)
        whole.push(record)
      } else this.#waiting.set(`${stream}\0${number}`, record)
    }
    this.#put(whole)
    if (this.#waiting.size > 0) this.#timer ??= setTimeout(() => this.flush(), redrawMs).unref()
  }

  /** One record of a logger; line breaks inside it stay. */
  record(name: string, text: string, level?: LineLevel, timeMs?: number): void {
    const stream = name.slice(0, maxStreamLength) || "log"
    const state = this.#stream(stream)
    const line: SpoolLine = {
      ...this.#line(stream, state.next++, text),
      // What a server would refuse would take the other lines of its batch with it.
      ...(level !== undefined && levels.has(level) && { level }),
      ...(timeMs !== undefined && Math.abs(timeMs) <= latestMs && { timeMs })
    }
    this.#put([line])
    state.base = state.next
  }

  flush(): void {
    clearTimeout(this.#timer)
    this.#timer = undefined
    const lines = [...this.#waiting.values()]
    this.#waiting.clear()
    this.#put(lines)
  }

  #stream(name: string): { readonly terminal: Terminal; base: number; next: number } {
    let state = this.#streams.get(name)
    if (state === undefined) {
      state = { terminal: new Terminal(), base: 0, next: 0 }
      this.#streams.set(name, state)
    }
    return state
  }

  #line(stream: string, line: number, text: string): SpoolLine {
    const shown =
      text.length <= maxTextLength ? text : `${text.slice(0, maxTextLength)} … [cut: ${text.length} characters]`
    return {
      line,
      timeMs: Date.now(),
      stream,
      text: shown,
      ...(this.#process === "" ? {} : { process: this.#process })
    }
  }

  #put(lines: ReadonlyArray<SpoolLine>): void {
    for (let from = 0; from < lines.length; from += linesPerRecord) {
      this.#writer.json(RecordType.lines, lines.slice(from, from + linesPerRecord))
    }
  }
}
