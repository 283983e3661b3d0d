/**
 * The hot path of `run.log`: rows of numbers go to the spool as float64 behind a key-set id, composed in one reused buffer.
 * A call that logs the same keys in the same order as the call before costs no allocation.
 */
import type { SpoolValues } from "../spool/SpoolContent.ts"
import { headBytes, jsonRecord, paddedBytes, RecordType, relativeStep, sealRecord } from "../spool/SpoolRecord.ts"
import type { SpoolWriter } from "../spool/SpoolWriter.ts"
import { sortValues } from "./sortValues.ts"

export interface LogOptions {
  /** Finite, |step| ≤ 2⁵³, any order. Default: one more than the highest step so far. */
  readonly step?: number | undefined
  /** Unix milliseconds. Default: now. */
  readonly timeMs?: number | undefined
}

const maxStep = 2 ** 53
/** Key sets beyond this many are still written; only their ids are looked up no more. */
const maxKeysets = 4096

export class PointLog {
  readonly #writer: SpoolWriter
  readonly #report: (key: string, rule: string) => void
  readonly #ids = new Map<string, number>()
  #names: ReadonlyArray<string> = []
  #id = 0
  #nextId = 1
  #nextStep: number
  #relative: boolean
  #bytes = Buffer.alloc(0)
  #floats = new Float64Array(0)

  /** `relative`: the run's first free step is known only to the server, so steps count from there until one is given. */
  constructor(writer: SpoolWriter, relative: boolean, report: (key: string, rule: string) => void) {
    this.#writer = writer
    this.#relative = relative
    this.#nextStep = 0
    this.#report = report
    this.#reserve(256)
  }

  /** What the next call without a step gets; relative to the run's first free step while that is unknown. */
  get nextStep(): number {
    return this.#nextStep
  }

  log(values: unknown, options: LogOptions | undefined): void {
    const given = options?.step
    let step = this.#nextStep
    let relative = this.#relative
    if (given !== undefined) {
      if (typeof given !== "number" || !(Math.abs(given) <= maxStep)) {
        this.#report("step", `must be a finite number with |step| ≤ 2^53, got ${String(given).slice(0, 40)}`)
        return
      }
      step = given
      relative = false
    }
    const timeMs = options?.timeMs ?? Date.now()
    if (typeof timeMs !== "number" || !Number.isFinite(timeMs)) {
      this.#report("timeMs", `must be a finite number, got ${String(timeMs).slice(0, 40)}`)
      return
    }
    if (!this.#isSame(values, step, timeMs, relative)) this.#other(values, step, timeMs, relative)
    if (given === undefined) this.#nextStep++
    else {
      const after = Math.floor(step) + 1
      this.#nextStep = this.#relative ? after : Math.max(this.#nextStep, after)
      this.#relative = false
    }
  }

  /** Numbers at a step of their own, which does not move the training's next step: system metrics. */
  logApart(values: Readonly<Record<string, number>>, step: number, timeMs: number): void {
    const names = Object.keys(values)
    if (names.length === 0) return
    const [before, id] = [this.#names, this.#id]
    this.#other(values, step, timeMs, false)
    // The training's own keys stay the ones that the fast path expects.
    this.#names = before
    this.#id = id
  }

  // A value that cannot be read is met again on the way that names it.
  #isSame(values: unknown, step: number, timeMs: number, relative: boolean): boolean {
    try {
      return this.#same(values, step, timeMs, relative)
    } catch {
      return false
    }
  }

  // The same keys as last time, all numbers. False means nothing was written.
  #same(values: unknown, step: number, timeMs: number, relative: boolean): boolean {
    const names = this.#names
    if (names.length === 0 || typeof values !== "object" || values === null) return false
    const floats = this.#floats
    const source = values as Record<string, unknown>
    let i = 0
    for (const name in source) {
      const value = source[name]
      if (typeof value !== "number" || name !== names[i]) return false
      floats[4 + i++] = value
    }
    if (i !== names.length) return false
    floats[2] = step
    floats[3] = timeMs
    this.#write(i, relative)
    return true
  }

  #other(values: unknown, step: number, timeMs: number, relative: boolean): void {
    const sorted = sortValues(values)
    for (const fault of sorted.faults) this.#report(fault.key, fault.rule)
    const count = sorted.names.length
    if (count > 0) {
      this.#reserve(count)
      if (!this.#selectKeyset(sorted.names)) return
      this.#floats[2] = step
      this.#floats[3] = timeMs
      this.#floats.set(sorted.numbers, 4)
      this.#write(count, relative)
    }
    if (sorted.hasRest) {
      const rest: SpoolValues = { step, timeMs, texts: sorted.texts, histograms: sorted.histograms }
      const record = jsonRecord(RecordType.values, rest, relative ? relativeStep : 0)
      this.#writer.append(record, record.length, RecordType.values)
    }
  }

  #write(count: number, relative: boolean): void {
    const payloadBytes = 8 * (count + 2)
    sealRecord(this.#bytes, 0, RecordType.row, relative ? relativeStep : 0, this.#id, payloadBytes)
    this.#writer.append(this.#bytes, paddedBytes(payloadBytes), RecordType.row)
  }

  #selectKeyset(names: ReadonlyArray<string>): boolean {
    const signature = JSON.stringify(names)
    let id = this.#ids.get(signature)
    if (id === undefined) {
      id = this.#nextId++
      if (!this.#writer.json(RecordType.keyset, names, id)) return false
      if (this.#ids.size < maxKeysets) this.#ids.set(signature, id)
    }
    this.#id = id
    this.#names = names
    return true
  }

  #reserve(count: number): void {
    const bytes = headBytes + 8 * (count + 2)
    if (this.#bytes.length >= bytes) return
    const memory = new ArrayBuffer(Math.max(bytes, this.#bytes.length * 2))
    this.#bytes = Buffer.from(memory)
    this.#floats = new Float64Array(memory)
  }
}
