/**
 * Cells of chunks and axes, unpacked once and kept while there is room: neither ever changes and their numbers are never used
 * again, and charts of a live run ask for all but the newest of them every second.
 */
import {
  type AxisCells,
  type AxisGroups,
  axisGroups,
  type CellTable,
  cellTable,
  coarseCells,
  decodeAxisCells,
  decodeValueCells
} from "@wanllmdb/core/metric"
import type { ReaderContext } from "../../reader/ReaderQuery.ts"
import { RecentlyUsed } from "./RecentlyUsed.ts"
import type { ChunkRef } from "./SeriesPart.ts"

type Prepare = ReaderContext["prepare"]

const mebibyte = 1024 * 1024

/** Levels are -128 to 127. */
const atLevel = (id: number, level: number): number => id * 256 + level + 128

export class ChunkCells {
  readonly #axes = new RecentlyUsed<AxisCells>(8 * mebibyte)
  readonly #groups = new RecentlyUsed<AxisGroups>(8 * mebibyte)
  readonly #tables = new RecentlyUsed<CellTable>(16 * mebibyte)

  /** Charts of a page share axes. */
  axis(prepare: Prepare, id: number): AxisCells {
    const known = this.#axes.get(id)
    if (known !== undefined) return known
    const axis = decodeAxisCells(prepare("select mip from metric_axis where id = ?").get(id)!.mip as Uint8Array)
    this.#axes.add(id, axis, axis.length * 48)
    return axis
  }

  /** The chunk's cells at `level`, from the chunk's own on. */
  table(prepare: Prepare, chunk: ChunkRef, level: number): CellTable {
    const key = atLevel(chunk.id, level)
    const known = this.#tables.get(key)
    if (known !== undefined) return known
    const mip = prepare("select mip from metric_chunk where id = ?").get(chunk.id)!.mip as Uint8Array
    const table =
      level === chunk.level
        ? cellTable(this.axis(prepare, chunk.axis), decodeValueCells(mip))
        : coarseCells(this.#groupsOf(prepare, chunk.axis, level), mip)
    this.#tables.add(key, table, table.length * (table.nan === null ? 48 : 72))
    return table
  }

  #groupsOf(prepare: Prepare, axis: number, level: number): AxisGroups {
    const key = atLevel(axis, level)
    const known = this.#groups.get(key)
    if (known !== undefined) return known
    const groups = axisGroups(this.axis(prepare, axis), level)
    this.#groups.add(key, groups, groups.length * 36)
    return groups
  }
}

const caches = new WeakMap<object, ChunkCells>()

export const chunkCells = ({ owner }: ReaderContext): ChunkCells => {
  const known = caches.get(owner)
  if (known !== undefined) return known
  const cells = new ChunkCells()
  caches.set(owner, cells)
  return cells
}
