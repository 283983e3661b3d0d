// Appends the chunk that fills pages of tiles and compacts, again and again, until it is killed. What a series needs to have a page
// was written before by the parent.
import { MetricStore } from "@wanllmdb/core"
import { encodeFrame } from "@wanllmdb/core/metric"
import { sqlite } from "@wanllmdb/storage-sqlite"
import { Effect, ManagedRuntime } from "effect"
import { blockOf, pageKeys } from "./killPlan.mjs"

const [, , file, driver, run, from] = process.argv
const runtime = ManagedRuntime.make(sqlite({ file, driver }).layer)
const store = await runtime.runPromise(MetricStore)
for (let block = Number(from); ; block++) {
  process.stdout.write(`begin ${block}\n`)
  const frame = encodeFrame([blockOf(block)])
  const writer = { writer: "w", sequence: block + 1 }
  await Effect.runPromise(store.append({ run, frame, writer, accepted: pageKeys.length * 8192, rejected: 0 }))
  process.stdout.write(`acked ${block}\n`)
  await Effect.runPromise(store.compact(run))
}
