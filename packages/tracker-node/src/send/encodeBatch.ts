/** Turns the rows of a batch into one binary frame: row-major as they were logged, column-major as they are stored. */
import { crc32 } from "node:zlib"
import { type ColumnInput, encodeFrame, type SectionInput, setCrc32 } from "@wanllmdb/core/metric"
import type { Batch, RowGroup } from "../spool/SpoolReader.ts"

setCrc32(crc32)

/** `baseStep` is added to steps that count from the run's first free one. */
export const encodeBatch = (batch: Batch, baseStep: number): Uint8Array =>
  encodeFrame([
    ...batch.groups.map((group) => rowSection(group, baseStep)),
    ...batch.values.map((values) => restSection(values, baseStep))
  ])

const rowSection = ({ names, rows, relative }: RowGroup, baseStep: number): SectionInput => {
  const width = names.length + 2
  const count = rows.length / width
  const column = (at: number): Float64Array => {
    const values = new Float64Array(count)
    for (let row = 0, from = at; row < count; row++, from += width) values[row] = rows[from]!
    return values
  }
  const steps = column(0)
  if (relative && baseStep !== 0) for (let row = 0; row < count; row++) steps[row] = steps[row]! + baseStep
  return {
    keys: names,
    steps,
    times: column(1),
    columns: names.map((_, key): ColumnInput => ({ kind: "number", values: column(key + 2) }))
  }
}

const restSection = (values: Batch["values"][number], baseStep: number): SectionInput => {
  const texts = Object.entries(values.texts ?? {})
  const histograms = Object.entries(values.histograms ?? {})
  return {
    keys: [...texts, ...histograms].map(([name]) => name),
    steps: Float64Array.of(values.relative ? values.step + baseStep : values.step),
    times: Float64Array.of(values.timeMs),
    columns: [
      ...texts.map(([, text]): ColumnInput => ({ kind: "text", values: [text] })),
      ...histograms.map(([, histogram]): ColumnInput => ({ kind: "histogram", values: [histogram] }))
    ]
  }
}
