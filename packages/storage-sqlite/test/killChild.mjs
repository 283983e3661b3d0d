// Appends and compacts until it is killed. Every acknowledged batch is noted in a journal, from which the next child goes on;
// what was sent but not noted is sent again under its old number.
import { appendFileSync, existsSync, readFileSync } from "node:fs"
import { MetricStore } from "@wanllmdb/core"
import { encodeFrame } from "@wanllmdb/core/metric"
import { sqlite } from "@wanllmdb/storage-sqlite"
import { Effect, ManagedRuntime } from "effect"
import { batchOf, runs, writers } from "./killPlan.mjs"

const [, , file, driver, journal] = process.argv
const acked = new Map()
if (existsSync(journal)) {
  for (const line of readFileSync(journal, "utf8").split("\n")) {
    const [writer, sequence] = line.split(" ")
    if (sequence !== undefined) acked.set(writer, Number(sequence))
  }
}
const runtime = ManagedRuntime.make(sqlite({ file, driver }).layer)
const store = await runtime.runPromise(MetricStore)
process.stdout.write("ready\n")

const client = async (run, writer) => {
  for (let sequence = (acked.get(writer) ?? 0) + 1; ; sequence++) {
    const batch = batchOf(writer, sequence)
    const frame = encodeFrame([batch])
    await Effect.runPromise(
      store.append({ run, frame, writer: { writer, sequence }, accepted: batch.steps.length, rejected: 0 })
    )
    appendFileSync(journal, `${writer} ${sequence}\n`)
    if (sequence % 16 === 0) {
      const compacted = Effect.runPromise(store.compact(run, { final: Math.random() < 0.3 }))
      if (Math.random() < 0.5) await compacted
      else compacted.catch(() => undefined)
    }
  }
}
for (const run of runs) for (const writer of writers(run)) void client(run, writer)
