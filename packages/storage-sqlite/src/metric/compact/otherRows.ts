/** Text, histograms and records of a batch of frames as row groups, one key at a time. */

import type { Histogram, Json, RowGroup, SeriesKind } from "@wanllmdb/core/metric"
import { orderByStep, reorder } from "@wanllmdb/core/metric"
import type { TaskStep } from "../../writer/WriterModule.ts"
import { type ChunkSink, chunkPoints } from "./ChunkSink.ts"
import { columnsOf, type FrameSource } from "./FrameSource.ts"

type OtherKind = Exclude<SeriesKind, "number">

interface Collected {
  readonly kind: OtherKind
  readonly steps: Array<number>
  readonly times: Array<number>
  readonly values: Array<string | Histogram | Json>
}

export function* otherRows(source: FrameSource, sink: ChunkSink): Generator<TaskStep, void, void> {
  for (const name of source.others) {
    for (const group of collect(source, name)) {
      for (const rows of sorted(group)) yield* sink.rows(source.place, source.keyId(name), rows)
    }
  }
}

/** A key's values by kind: a key may have held several. */
const collect = (source: FrameSource, name: string): Iterable<Collected> => {
  const kinds = new Map<OtherKind, Collected>()
  const forgotten = source.forgottenSeq(name)
  for (const { section, seq } of source.sections()) {
    const at = columnsOf(section).get(name)
    if (at === undefined || seq <= forgotten) continue
    const column = section.column(at)
    if (column.kind === "number") continue
    const group = kinds.get(column.kind) ?? { kind: column.kind, steps: [], times: [], values: [] }
    kinds.set(column.kind, group)
    for (let i = 0; i < column.values.length; i++) {
      const row = column.rows[i]!
      group.steps.push(section.steps[row]!)
      group.times.push(section.times[row]!)
      group.values.push(column.values[i]!)
    }
  }
  return kinds.values()
}

/** In order of (step, arrival), in parts of a chunk's size. */
function* sorted({ kind, steps, times, values }: Collected): Generator<RowGroup, void, void> {
  const order = orderByStep(Float64Array.from(steps)) ?? Uint32Array.from(steps, (_, i) => i)
  for (let from = 0; from < order.length; from += chunkPoints) {
    const part = order.subarray(from, from + chunkPoints)
    yield {
      kind,
      steps: reorder(Float64Array.from(steps), part),
      times: reorder(Float64Array.from(times), part),
      values: Array.from(part, (i) => values[i]!)
    } as RowGroup
  }
}
