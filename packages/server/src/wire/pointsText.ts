/**
 * Raw points as NDJSON or CSV, in slices small enough that a ten-million-point export never holds the event loop for long.
 */
import type { PointBatch } from "@wanllmdb/core"
import { numberJson } from "./numberJson.ts"

const sliceRows = 4096
const encoder = new TextEncoder()
const turn = () => new Promise<void>((resolve) => setImmediate(resolve))

const ndjsonSlice = (batch: PointBatch, from: number, to: number): string => {
  let text = ""
  for (let i = from; i < to; i++) {
    const value = batch.values[i]
    const written =
      typeof value === "number" && Number.isFinite(value)
        ? `${value}`
        : JSON.stringify(typeof value === "number" ? numberJson(value) : value)
    // -0 is a value of its own; string conversion would lose its sign.
    text += `{"step":${batch.steps[i]!},"timeMs":${batch.times[i]!},"value":${Object.is(value, -0) ? "-0" : written}}\n`
  }
  return text
}

const csvCell = (value: unknown): string => {
  if (typeof value === "number") return Object.is(value, -0) ? "-0" : String(value)
  const text = typeof value === "string" ? value : JSON.stringify(value)
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}

const csvSlice = (batch: PointBatch, from: number, to: number): string => {
  let text = ""
  for (let i = from; i < to; i++) text += `${batch.steps[i]!},${batch.times[i]!},${csvCell(batch.values[i])}\r\n`
  return text
}

export async function* pointsText(
  batches: AsyncIterable<PointBatch>,
  format: "ndjson" | "csv"
): AsyncGenerator<Uint8Array> {
  const write = format === "csv" ? csvSlice : ndjsonSlice
  if (format === "csv") yield encoder.encode("step,timeMs,value\r\n")
  for await (const batch of batches) {
    const rows = batch.steps.length
    for (let from = 0; from < rows; from += sliceRows) {
      yield encoder.encode(write(batch, from, Math.min(rows, from + sliceRows)))
      await turn()
    }
  }
}
