/**
 * What a run shows: its own segments, each up to where a later rewind cut it, and before them what it inherited where it was
 * forked. Nothing is copied; this is worked out anew for every question.
 */
import type { SqliteDatabase } from "../../driver/SqliteDriver.ts"
import { findRun, type RunRow } from "../RunRow.ts"

/** Points of one segment of one run with a step up to `cut`. */
export interface Layer {
  readonly row: RunRow
  readonly segment: number
  readonly cut: number
}

export interface Lineage {
  /** Null when the run has no points and no history. */
  readonly row: RunRow | null
  /** In order of arrival. */
  readonly layers: ReadonlyArray<Layer>
}

/** Forks of forks beyond this are a loop that should not be. */
const depthLimit = 100

export const lineageOf = (prepare: SqliteDatabase["prepare"], run: string): Lineage => {
  const row = findRun(prepare, run)
  return { row, layers: row === null ? [] : layersAt(prepare, row, row.rewinds.length, depthLimit) }
}

/** The run as it stood in `segment`. */
const layersAt = (
  prepare: SqliteDatabase["prepare"],
  row: RunRow,
  segment: number,
  depth: number
): ReadonlyArray<Layer> => {
  const { rewinds, parent } = row
  /** Least step that a rewind after segment `from` cut at; what was inherited stands before segment 0. */
  const cutAfter = (from: number): number =>
    rewinds.reduce(
      (cut, step, i) => (i + 1 > from && i + 1 <= segment ? Math.min(cut, step) : cut),
      Number.POSITIVE_INFINITY
    )
  const layers: Array<Layer> = []
  const origin = parent === null || depth === 0 ? null : findRun(prepare, parent.run)
  if (origin !== null && parent !== null) {
    const inherited = Math.min(parent.step, cutAfter(-1))
    for (const layer of layersAt(prepare, origin, Math.min(parent.segment, origin.rewinds.length), depth - 1)) {
      layers.push({ ...layer, cut: Math.min(layer.cut, inherited) })
    }
  }
  for (let own = 0; own <= Math.min(segment, rewinds.length); own++)
    layers.push({ row, segment: own, cut: cutAfter(own) })
  return layers
}

/** Whether all of the run's own points are visible and there are no others: the common case, with shortcuts. */
export const isPlain = ({ layers }: Lineage): boolean =>
  layers.length === 1 && layers[0]!.cut === Number.POSITIVE_INFINITY
