/**
 * Encodes loaded groups and stores them in transactions of at most 2 MiB or 200 rows, so that an append never waits long. Encoding
 * happens between the transactions, outside the lock.
 */
import {
  axisCells,
  cellLevel,
  cellTable,
  coarsen,
  crc32,
  encodeAxis,
  encodeAxisCells,
  encodeRowGroup,
  encodeTile,
  encodeValueCells,
  encodeValues,
  hasRepeats,
  KeyStat,
  orderByStep,
  type RowGroup,
  reorder,
  valueCells
} from "@wanllmdb/core/metric"
import type { TaskStep, WriterContext } from "../../writer/WriterModule.ts"
import { chunkCrc } from "../chunkCrc.ts"
import { chunkFlag } from "../chunkFlag.ts"
import { compression } from "../compression.ts"
import { kindNumber } from "../seriesKinds.ts"
import type { LoadedGroup, SeriesGroup } from "./SeriesGroup.ts"

/** Points of a chunk, at most. */
export const chunkPoints = 65_536
/** Levels between the cells of a chunk and those of its tile. */
export const tileLevels = 5

const transactionRows = 200
const transactionBytes = 2 * 1024 * 1024

type Place = Pick<SeriesGroup, "segment" | "seqLo" | "seqHi">

export class ChunkSink {
  readonly #context: WriterContext
  readonly #run: number
  #pending: Array<() => void> = []
  #pendingBytes = 0
  /** Axes by group and part: later slices of a group use the axis that its first slice stored. */
  readonly #axes = new Map<string, number>()
  readonly #groups = new Map<SeriesGroup, number>()

  constructor(context: WriterContext, run: number) {
    this.#context = context
    this.#run = run
  }

  /** Stores a slice; `stored` runs in the transaction that stores each key's last part. */
  *numbers(loaded: LoadedGroup, stored?: (key: number) => void): Generator<TaskStep, void, void> {
    const { group } = loaded
    const order = orderByStep(loaded.steps)
    const steps = order === null ? loaded.steps : reorder(loaded.steps, order)
    const times = order === null ? loaded.times : reorder(loaded.times, order)
    const values = order === null ? loaded.values : loaded.values.map((column) => reorder(column, order))
    const parts = cutParts(steps)
    const number = this.#groups.get(group) ?? this.#groups.size
    this.#groups.set(group, number)
    for (const [index, [from, to]] of parts.entries()) {
      const partSteps = steps.subarray(from, to)
      const partTimes = times.subarray(from, to)
      const level = cellLevel(partSteps, partSteps.length)
      const cells = axisCells(partSteps, partTimes, partSteps.length, level)
      const flags = hasRepeats(partSteps, partSteps.length) ? chunkFlag.repeats : 0
      const axisKey = `${number}:${index}`
      if (!this.#axes.has(axisKey)) {
        this.#axes.set(axisKey, 0)
        const mip = encodeAxisCells(cells)
        const body = encodeAxis(partSteps, partTimes, 0, partSteps.length)
        const low = cells.minTime.reduce((a, b) => Math.min(a, b))
        yield* this.#add(mip.length + body.length, () => {
          const id = this.#insertAxis(group, partSteps[partSteps.length - 1]!, low, mip, body)
          this.#axes.set(axisKey, id)
        })
      }
      for (const [i, key] of loaded.keys.entries()) {
        const column = values[i]!.subarray(from, to)
        const cellValues = valueCells(column, cells)
        const stat = KeyStat.ofCells(cells, cellValues, { steps: partSteps, times: partTimes, values: column })
        const mip = encodeValueCells(cellValues)
        const body = encodeValues(column, 0, column.length)
        const tile = encodeTile(coarsen(cellTable(cells, cellValues), Math.min(127, level + tileLevels)))
        const lastPart = index === parts.length - 1
        yield* this.#add(mip.length + body.length + tile.length, () => {
          const axis = this.#axes.get(axisKey)!
          this.#insertChunk(group, key, 0, stat, { n: column.length, level, flags, axis }, mip, body, tile)
          if (lastPart) stored?.(key)
        })
      }
    }
  }

  /** Stores a group of rows that are not numbers, in order of (step, arrival). */
  *rows(place: Place, key: number, rows: RowGroup): Generator<TaskStep, void, void> {
    const stat = new KeyStat()
    stat.add(rows.steps, rows.times, new Float64Array(rows.steps.length), 0, rows.steps.length)
    const body = encodeRowGroup(rows, compression)
    const flags = hasRepeats(rows.steps, rows.steps.length) ? chunkFlag.repeats : 0
    const shape = { n: rows.steps.length, level: 0, flags, axis: 0 }
    yield* this.#add(body.length, () =>
      this.#insertChunk(place, key, kindNumber[rows.kind], stat, shape, null, body, null)
    )
  }

  /** Stores what is left; with `last` in the same transaction. */
  finish(last: () => void): void {
    this.#pending.push(last)
    this.#flush()
  }

  *#add(bytes: number, insert: () => void): Generator<TaskStep, void, void> {
    this.#pending.push(insert)
    this.#pendingBytes += bytes
    if (this.#pending.length >= transactionRows || this.#pendingBytes >= transactionBytes) this.#flush()
    // Appends that came while this was encoded are committed now.
    yield
  }

  #flush(): void {
    const pending = this.#pending
    this.#pending = []
    this.#pendingBytes = 0
    this.#context.repeatable(() => {
      for (const insert of pending) insert()
    })
  }

  #insertAxis({ segment, seqHi }: Place, s1: number, t0: number, mip: Uint8Array, body: Uint8Array): number {
    return this.#context
      .prepare("insert into metric_axis (run, segment, seq_hi, s1, t0, crc, mip, body) values (?, ?, ?, ?, ?, ?, ?, ?)")
      .run(this.#run, segment, seqHi, s1, t0, chunkCrc(mip, body), mip, body).lastInsertRowid
  }

  #insertChunk(
    { segment, seqLo, seqHi }: Place,
    key: number,
    kind: number,
    stat: KeyStat,
    shape: { readonly n: number; readonly level: number; readonly flags: number; readonly axis: number },
    mip: Uint8Array | null,
    body: Uint8Array,
    tile: Uint8Array | null
  ): void {
    const { prepare } = this.#context
    const statBytes = stat.bytes()
    const chunk = prepare(
      `insert into metric_chunk (run, key, kind, segment, seq_lo, seq_hi, s0, s1, t1, n, level, flags, axis, crc, stat, mip, body)
       values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`
    ).run(
      this.#run,
      key,
      kind,
      segment,
      seqLo,
      seqHi,
      stat.firstStep,
      stat.lastStep,
      stat.maxTime,
      shape.n,
      shape.level,
      shape.flags,
      shape.axis,
      chunkCrc(statBytes, mip, body),
      statBytes,
      mip,
      body
    ).lastInsertRowid
    if (tile !== null) {
      prepare("insert into metric_tile (chunk, crc, body) values (?, ?, ?)").run(chunk, crc32(tile), tile)
    }
  }
}

/** Ranges of at most 65,536 rows that do not part rows of one step (unless there are more of it than that). */
const cutParts = (steps: Float64Array): ReadonlyArray<readonly [number, number]> => {
  const parts: Array<readonly [number, number]> = []
  for (let from = 0; from < steps.length; ) {
    let to = Math.min(steps.length, from + chunkPoints)
    if (to < steps.length) {
      let back = to
      while (back > from && steps[back] === steps[back - 1]) back--
      if (back > from) to = back
      else while (to < steps.length && steps[to] === steps[to - 1]) to++
    }
    parts.push([from, to])
    from = to
  }
  return parts
}
