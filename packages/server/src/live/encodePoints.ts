/** New frames of a run as one JSON body per set of keys: the columns of all frames joined, values as the wire writes them. */
import type { RunId, TailPage } from "@wanllmdb/core"
import { decodeFrame, type Frame } from "@wanllmdb/core/metric"
import { type NumberJson, numberJson } from "../wire/numberJson.ts"

interface Series {
  readonly steps: Array<number>
  readonly timesMs: Array<number>
  readonly values: Array<NumberJson | string>
}

const append = (
  series: Map<string, Series>,
  mediaKeys: Set<string>,
  frame: Frame,
  keys: ReadonlySet<string> | null
) => {
  for (const section of frame.sections) {
    for (const [index, key] of section.keys.entries()) {
      if (keys !== null && !keys.has(key)) continue
      const kind = section.kind(index)
      if (kind !== "number") mediaKeys.add(key)
      if (kind !== "number" && kind !== "text") continue
      const column = section.column(index)
      if (column.kind !== "number" && column.kind !== "text") continue
      let entry = series.get(key)
      if (entry === undefined) {
        entry = { steps: [], timesMs: [], values: [] }
        series.set(key, entry)
      }
      const { rows } = column
      const count = rows?.length ?? section.rows
      const held = column.kind === "number" && column.encoding === "constant"
      for (let i = 0; i < count; i++) {
        const row = rows === null ? i : rows[i]!
        const value = column.values[held ? 0 : i]!
        entry.steps.push(section.steps[row]!)
        entry.timesMs.push(section.times[row]!)
        entry.values.push(typeof value === "number" ? numberJson(value) : value)
      }
    }
  }
}

export interface EncodedPoints {
  /** JSON members for a `points` message; null when none of the keys has new points. */
  readonly points: string | null
  /** JSON members for a `media` message: keys whose texts, histograms or records are new. */
  readonly media: string | null
}

/** Frames that this process cannot read are left out; a reader finds their points in the store. */
export const encodePoints = (
  run: RunId,
  frames: TailPage["frames"],
  keys: ReadonlyArray<string> | null
): EncodedPoints => {
  const series = new Map<string, Series>()
  const mediaKeys = new Set<string>()
  const wanted = keys === null ? null : new Set(keys)
  for (const { body } of frames) append(series, mediaKeys, decodeFrame(body), wanted)
  const runJson = JSON.stringify(run)
  return {
    points: series.size === 0 ? null : `,"run":${runJson},"series":${JSON.stringify(Object.fromEntries(series))}`,
    media: mediaKeys.size === 0 ? null : `,"run":${runJson},"keys":${JSON.stringify([...mediaKeys])}`
  }
}
