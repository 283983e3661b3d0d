/** Request bodies of benches: the same points as a frame and as JSON rows. */
import { FrameBuilder } from "@wanllmdb/core/metric"

export interface Batch {
  readonly frame: Uint8Array
  readonly json: Uint8Array
}

/** `rows` steps from `firstStep` on, of `keys` float32 values each. */
export const batch = (firstStep: number, rows: number, keys: number): Batch => {
  const builder = new FrameBuilder()
  const list: Array<object> = []
  for (let row = 0; row < rows; row++) {
    const step = firstStep + row
    const values: Record<string, number> = {}
    for (let key = 0; key < keys; key++) values[`key/${key}`] = Math.fround(Math.sin(step / 100 + key) + 1 / (1 + step))
    builder.add(step, 1.79e12 + step * 100, values)
    list.push({ step, timeMs: 1.79e12 + step * 100, values })
  }
  return { frame: builder.take(), json: new TextEncoder().encode(JSON.stringify({ rows: list })) }
}

export const frameHeaders = { "content-type": "application/vnd.wanllmdb.frame" }
export const jsonHeaders = { "content-type": "application/json" }
