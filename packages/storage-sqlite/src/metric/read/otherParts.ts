/** Visible rows of a series of text, histograms or records, in order of (step, arrival). */
import {
  decodeRowGroup,
  type Histogram,
  type Json,
  orderByStep,
  type RowGroup,
  reorder,
  type SeriesKind
} from "@wanllmdb/core/metric"
import type { SqliteDatabase } from "../../driver/SqliteDriver.ts"
import { columnsOf } from "../compact/FrameSource.ts"
import { compression } from "../compression.ts"
import { kindNumber } from "../seriesKinds.ts"
import { headFrames } from "./HeadFrames.ts"
import type { Layer } from "./lineage.ts"
import { chunksOf, findKey } from "./SeriesPart.ts"

type Prepare = SqliteDatabase["prepare"]
export type OtherKind = Exclude<SeriesKind, "number">
type Value = string | Histogram | Json

export const otherRowsOf = (
  prepare: Prepare,
  layers: ReadonlyArray<Layer>,
  name: string,
  kind: OtherKind
): RowGroup => {
  const steps: Array<number> = []
  const times: Array<number> = []
  const values: Array<Value> = []
  const take = (step: number, time: number, value: Value, cut: number) => {
    if (step > cut) return
    steps.push(step)
    times.push(time)
    values.push(value)
  }
  for (const layer of layers) {
    const key = findKey(prepare, layer.row.id, name)
    if (key === null) continue
    for (const { id } of chunksOf(prepare, layer, key, kindNumber[kind])) {
      const body = prepare("select body from metric_chunk where id = ?").get(id)!.body as Uint8Array
      const group = decodeRowGroup(body, compression)
      for (let i = 0; i < group.steps.length; i++) take(group.steps[i]!, group.times[i]!, group.values[i]!, layer.cut)
    }
    for (const frame of headFrames(prepare, layer.row)) {
      if (frame.segment !== layer.segment || frame.seq <= key.forgottenSeq) continue
      for (const section of frame.sections) {
        const at = columnsOf(section).get(name)
        if (at === undefined || section.kind(at) !== kind) continue
        const column = section.column(at)
        if (column.kind === "number") continue
        for (let i = 0; i < column.values.length; i++) {
          const row = column.rows[i]!
          take(section.steps[row]!, section.times[row]!, column.values[i]!, layer.cut)
        }
      }
    }
  }
  const rows = { kind, steps: Float64Array.from(steps), times: Float64Array.from(times), values } as RowGroup
  const order = orderByStep(rows.steps)
  if (order === null) return rows
  return {
    kind,
    steps: reorder(rows.steps, order),
    times: reorder(rows.times, order),
    values: Array.from(order, (i) => values[i]!)
  } as RowGroup
}
