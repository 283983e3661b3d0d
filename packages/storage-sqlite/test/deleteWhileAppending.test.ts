import { LogStore, MetricStore, RunId } from "@wanllmdb/core"
import { encodeFrame } from "@wanllmdb/core/metric"
import { Layer, ManagedRuntime, Stream } from "effect"
import { describe, expect, it, onTestFinished } from "vitest"
import { chooseDriver } from "../src/driver/chooseDriver.ts"
import { sqlite } from "../src/sqlite.ts"
import { drivers } from "./drivers.ts"
import { temporaryFile } from "./temporaryFile.ts"

const run = RunId.make("d".repeat(32))
const kept = RunId.make("e".repeat(32))

const frameOf = (from: number): Uint8Array => {
  const steps = Float64Array.from({ length: 200 }, (_, i) => from + i)
  return encodeFrame([{ keys: ["a"], steps, times: steps, columns: [{ kind: "number", values: steps }] }])
}

describe.each(drivers)("deleting a run while it is written, %s", (driver) => {
  const open = async (file: string) => {
    const runtime = ManagedRuntime.make(Layer.fresh(sqlite({ file, driver, threads: "inline" }).layer))
    onTestFinished(() => runtime.dispose())
    const metrics = await runtime.runPromise(MetricStore)
    const logs = await runtime.runPromise(LogStore)
    const append = (id: RunId, sequence: number) =>
      runtime.runPromise(
        metrics.append({
          run: id,
          frame: frameOf(sequence * 1000),
          writer: { writer: "w", sequence },
          accepted: 200,
          rejected: 0
        })
      )
    const print = (id: RunId, text: string, writer?: { writer: string; sequence: number }) =>
      runtime.runPromise(logs.append({ run: id, lines: [{ text }], writer, receivedAt: 1 }))
    const points = async (id: RunId) => {
      const batches = await runtime.runPromise(Stream.runCollect(metrics.scan({ run: id, key: "a", repeats: "all" })))
      return batches.flatMap((batch) => (batch.kind === "number" ? [...batch.steps] : []))
    }
    const texts = async (id: RunId) =>
      (await runtime.runPromise(Stream.runCollect(logs.stream(id)))).flat().map(({ text }) => text)
    return { append, file, logs, metrics, points, print, runtime, texts }
  }

  it("leaves either nothing of a batch or all of it, in order, and verify finds no fault", async () => {
    const { append, metrics, points, print, logs, runtime, texts } = await open(temporaryFile())
    for (let n = 1; n <= 40; n++) await append(kept, n)
    let sequence = 0
    const written: Array<Promise<unknown>> = []
    for (let n = 1; n <= 60; n++) {
      sequence++
      // After a deletion the run starts anew: its writer is not known, so what it expects is the first sequence.
      written.push(append(run, sequence).catch((error: unknown) => error))
      written.push(print(run, `line ${n}`))
      if (n % 20 === 0) {
        const deletions = [runtime.runPromise(metrics.delete(run)), runtime.runPromise(logs.delete(run))]
        if (n === 40) written.push(runtime.runPromise(metrics.compact(run, { final: true })))
        await Promise.all([...deletions, ...written])
        sequence = 0
      }
    }
    await Promise.all(written)
    for (const id of [run, kept]) {
      expect((await runtime.runPromise(metrics.verify(id))).faults).toEqual([])
      const steps = await points(id)
      expect(steps.length % 200).toBe(0)
      expect(steps.every((step, i) => i === 0 || step > steps[i - 1]!)).toBe(true)
    }
    expect(await points(kept)).toHaveLength(8000)
    // The writer that was forgotten may begin again, and nothing of before comes back.
    await runtime.runPromise(metrics.delete(run))
    await runtime.runPromise(logs.delete(run))
    expect([await points(run), await texts(run)]).toEqual([[], []])
    expect((await append(run, 1)).duplicate).toBe(false)
    await print(run, "after", { writer: "w", sequence: 1 })
    expect([await points(run), await texts(run)]).toEqual([frameSteps(1000), ["after"]])
  })

  it("is completed by the next process where the first one ended before it was done", async () => {
    const file = temporaryFile()
    const first = await open(file)
    for (let n = 0; n < 30; n++) {
      await first.runtime.runPromise(
        first.logs.append({
          run,
          lines: Array.from({ length: 1000 }, (_, i) => ({ text: `line ${n} ${i}` })),
          receivedAt: 1
        })
      )
    }
    // Given up half-way, as by the end of the process.
    const deletion = first.runtime.runPromise(first.logs.delete(run)).catch(() => undefined)
    await new Promise((resolve) => setImmediate(resolve))
    await first.runtime.dispose()
    await deletion
    const second = await open(file)
    await second.print(kept, "of another run")
    for (let i = 0; i < 200; i++) await new Promise((resolve) => setImmediate(resolve))
    expect(await second.runtime.runPromise(second.logs.head(run))).toBe(0)
    expect(await second.texts(run)).toEqual([])
    expect(await second.texts(kept)).toEqual(["of another run"])
    expect(leftRows(file, driver)).toBe(1)
  })
})

const frameSteps = (from: number): Array<number> => Array.from({ length: 200 }, (_, i) => from + i)

/** Logs that the file still knows of, deleted ones too. */
const leftRows = (file: string, driver: (typeof drivers)[number]): number => {
  const db = chooseDriver(driver).open(file, { readOnly: true })
  const count = Number(db.prepare("select count(*) as n from log_run").get()?.n)
  db.close()
  return count
}
