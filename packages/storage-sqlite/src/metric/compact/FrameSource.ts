/**
 * A batch of frames as groups of series. Names and layouts are looked at once; values are read in passes of a few keys, so that
 * a batch of hundreds of thousands of rows and keys fits in little memory (SQLite hands out blobs at gigabytes a second).
 */

import { decodeFrame, type FrameSection } from "@wanllmdb/core/metric"
import type { SqliteDatabase } from "../../driver/SqliteDriver.ts"
import type { TaskStep } from "../../writer/WriterModule.ts"
import type { LoadedGroup, SeriesGroup } from "./SeriesGroup.ts"

export interface FrameRef {
  readonly id: number
  readonly seq: number
}

/** Frames are kept for the next pass up to this; the others are read again. */
const heldBytes = 24 * 1024 * 1024

interface KeyPlan {
  readonly id: number
  readonly forgottenSeq: number
  /** Sections with a number of the key, as text: keys with equal ones have the same rows. */
  signature: string
  rows: number
}

export class FrameSource {
  readonly #prepare: SqliteDatabase["prepare"]
  readonly #run: number
  readonly #frames: ReadonlyArray<FrameRef>
  readonly #segment: number
  readonly #plans = new Map<string, KeyPlan>()
  readonly #names = new Map<number, string>()
  readonly #others = new Set<string>()
  readonly #held = new Map<number, ReadonlyArray<FrameSection>>()
  #room = heldBytes

  constructor(prepare: SqliteDatabase["prepare"], run: number, segment: number, frames: ReadonlyArray<FrameRef>) {
    this.#prepare = prepare
    this.#run = run
    this.#segment = segment
    this.#frames = frames
  }

  /** First pass: which keys have which rows. */
  *groups(): Generator<TaskStep, ReadonlyArray<SeriesGroup>, void> {
    let section = 0
    for (const frame of this.#frames) {
      for (const part of this.#sections(frame)) yield* this.#plan(part, section++, frame.seq)
      yield
    }
    const bySignature = new Map<string, { keys: Array<number>; rows: number }>()
    for (const { id, signature, rows } of this.#plans.values()) {
      if (rows === 0) continue
      const group = bySignature.get(signature) ?? { keys: [], rows }
      group.keys.push(id)
      bySignature.set(signature, group)
    }
    return [...bySignature.values()].map((group) => ({ ...group, ...this.place }))
  }

  get place(): { readonly segment: number; readonly seqLo: number; readonly seqHi: number } {
    return { segment: this.#segment, seqLo: this.#frames[0]!.seq, seqHi: this.#frames[this.#frames.length - 1]!.seq }
  }

  /** Names that have values other than numbers. */
  get others(): ReadonlySet<string> {
    return this.#others
  }

  keyId(name: string): number {
    return this.#plans.get(name)!.id
  }

  /** Points of the name up to here were deleted. */
  forgottenSeq(name: string): number {
    return this.#plans.get(name)!.forgottenSeq
  }

  /** One pass over the frames for the keys of a slice. */
  *load(
    slice: ReadonlyArray<{ readonly group: SeriesGroup; readonly keys: ReadonlyArray<number> }>
  ): Generator<TaskStep, ReadonlyArray<LoadedGroup>, void> {
    const loads = slice.map(({ group, keys }) => ({
      group,
      keys,
      steps: new Float64Array(group.rows),
      times: new Float64Array(group.rows),
      values: keys.map(() => new Float64Array(group.rows)),
      filled: keys.map(() => 0)
    }))
    for (const frame of this.#frames) {
      for (const section of this.#sections(frame)) {
        const at = columnsOf(section)
        for (const load of loads) {
          for (let k = 0; k < load.keys.length; k++) {
            const plan = this.#plans.get(this.#names.get(load.keys[k]!)!)!
            const column = at.get(this.#names.get(plan.id)!)
            if (column === undefined || frame.seq <= plan.forgottenSeq || section.kind(column) !== "number") continue
            const offset = load.filled[k]!
            load.filled[k] = offset + copyValues(section, column, load, k, offset)
          }
        }
      }
      yield
    }
    return loads
  }

  /** Sections of the frames with their sequence, for values that are not numbers. */
  *sections(): Generator<{ readonly section: FrameSection; readonly seq: number }, void, void> {
    for (const frame of this.#frames) for (const section of this.#sections(frame)) yield { section, seq: frame.seq }
  }

  #sections(frame: FrameRef): ReadonlyArray<FrameSection> {
    const held = this.#held.get(frame.id)
    if (held !== undefined) return held
    const row = this.#prepare("select body from metric_frame where id = ?").get(frame.id)
    if (row === undefined) return []
    const body = row.body as Uint8Array
    const { sections } = decodeFrame(body)
    if (body.length <= this.#room) {
      this.#room -= body.length
      this.#held.set(frame.id, sections)
    }
    return sections
  }

  *#plan(section: FrameSection, number: number, seq: number): Generator<TaskStep, void, void> {
    for (let i = 0; i < section.keys.length; i++) {
      const count = section.count(i)
      if (count === 0) continue
      // A frame may name a hundred thousand keys, each of which is looked up once.
      if (i % 256 === 255) yield
      const name = section.keys[i]!
      const plan = this.#keyPlan(name)
      if (seq <= plan.forgottenSeq) continue
      if (section.kind(i) !== "number") {
        this.#others.add(name)
        continue
      }
      plan.rows += count
      // Columns with gaps have rows of their own; which ones is not compared.
      plan.signature += count === section.rows ? `,${number}` : `,${number}:${i}`
    }
  }

  #keyPlan(name: string): KeyPlan {
    let plan = this.#plans.get(name)
    if (plan === undefined) {
      const row = this.#prepare("select id, forgotten_seq from metric_key where run = ? and name = ?").get(
        this.#run,
        name
      )
      plan = { id: Number(row?.id), forgottenSeq: Number(row?.forgotten_seq), signature: "", rows: 0 }
      this.#plans.set(name, plan)
      this.#names.set(plan.id, name)
    }
    return plan
  }
}

const columnIndexes = new WeakMap<ReadonlyArray<string>, ReadonlyMap<string, number>>()

/** Column of each name. Decoding gives the same list for the same names, so the map is made once for many sections. */
export const columnsOf = (section: FrameSection): ReadonlyMap<string, number> => {
  let known = columnIndexes.get(section.keys)
  if (known === undefined) {
    known = new Map(section.keys.map((name, i) => [name, i]))
    columnIndexes.set(section.keys, known)
  }
  return known
}

/** Copies a column's values, and with a group's first key its axis too. */
const copyValues = (
  section: FrameSection,
  column: number,
  load: { readonly steps: Float64Array; readonly times: Float64Array; readonly values: ReadonlyArray<Float64Array> },
  key: number,
  offset: number
): number => {
  const values = load.values[key]!
  if (key === 0) return section.copyNumbers(column, load.steps, load.times, values, offset)
  const source = section.column(column)
  if (source.kind !== "number") return 0
  if (source.rows === null && source.encoding === "constant") {
    values.fill(source.values[0]!, offset, offset + section.rows)
    return section.rows
  }
  values.set(source.values, offset)
  return source.values.length
}
