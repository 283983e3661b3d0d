import { appendFileSync, readdirSync, readFileSync, statSync, truncateSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { syncDirectory } from "../src/index.ts"
import { SpoolReader } from "../src/spool/SpoolReader.ts"
import { RecordType } from "../src/spool/SpoolRecord.ts"
import { SpoolWriter } from "../src/spool/SpoolWriter.ts"
import { FaultyServer } from "./FaultyServer.ts"
import { quietRun, spoolFolder } from "./quietRun.ts"

const runs = 30 * Number(process.env.WANLLMDB_FUZZ ?? 1)

const spoolOf = (dir: string): string =>
  join(dir, readdirSync(dir, { recursive: true, encoding: "utf8" }).find((name) => name.endsWith(".spool"))!)

const readAll = async (file: string): Promise<Array<{ step: number; values: number[] }>> => {
  const reader = await SpoolReader.open(file)
  const rows: Array<{ step: number; values: number[] }> = []
  for (let batch = await reader.nextBatch(); batch !== null; batch = await reader.nextBatch()) {
    for (const { names, rows: data } of batch.groups) {
      const width = names.length + 2
      for (let at = 0; at < data.length; at += width) {
        rows.push({ step: data[at]!, values: [...data.subarray(at + 2, at + width)] })
      }
    }
  }
  await reader.close()
  return rows
}

describe("the spool", () => {
  it("gives back every row to the bit, whatever its keys and values", async () => {
    const row = fc.dictionary(fc.string({ minLength: 1, maxLength: 20 }), fc.double(), { minKeys: 1, maxKeys: 8 })
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.record({ row, step: fc.double({ noNaN: true, min: -(2 ** 53), max: 2 ** 53 }) })),
        async (logs) => {
          const { run, dir } = quietRun({ mode: "offline" })
          for (const { row: values, step } of logs) run.log(values, { step })
          await run.finish()
          const kept = logs.filter(({ row: values }) =>
            Object.keys(values).every((key) => !key.includes("\0") && key.isWellFormed())
          )
          const read = await readAll(spoolOf(dir))
          if (kept.length === logs.length) {
            expect(read).toEqual(logs.map(({ row: values, step }) => ({ step, values: Object.values(values) })))
          }
        }
      ),
      { numRuns: runs }
    )
  })

  it("loses only what was torn, wherever a crash cut the file", async () => {
    const { run, dir } = quietRun({ mode: "offline" })
    for (let i = 0; i < 50; i++) run.log({ loss: i, acc: -i })
    await run.finish()
    const file = spoolOf(dir)
    const whole = readFileSync(file)
    const server = await new FaultyServer().start()
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 0, max: whole.length }), fc.boolean(), async (cut, garbage) => {
        const other = spoolFolder()
        const copy = join(other, "x.spool")
        writeFileSync(copy, whole)
        truncateSync(copy, cut)
        if (garbage) appendFileSync(copy, Buffer.alloc(40, 0xab))
        server.points.length = 0
        server.writers.clear()
        const first = await syncDirectory(other, { url: server.url })
        const outcome = first.spools[0]!.outcome
        expect(["sent", "empty"]).toContain(outcome)
        const values = server.values("loss")
        expect(values).toEqual(Array.from({ length: values.length }, (_, i) => i))
        const again = await syncDirectory(other, { url: server.url })
        expect(again.spools[0]!.outcome).toBe(outcome)
        expect(server.values("loss")).toEqual(values)
      }),
      { numRuns: runs }
    )
    await server.stop()
  })

  it("sends the same batches again when the record of progress is lost", async () => {
    const { run, dir } = quietRun({ mode: "offline" })
    for (let i = 0; i < 5000; i++) run.log(Object.fromEntries(Array.from({ length: 30 }, (_, k) => [`k${k}`, i + k])))
    await run.finish()
    const server = await new FaultyServer().start()
    const first = await syncDirectory(dir, { url: server.url })
    expect(first.spools[0]).toMatchObject({ outcome: "sent", points: 150_000 })
    expect(first.spools[0]!.batches).toBeGreaterThan(1)
    const count = server.points.length
    writeFileSync(spoolOf(dir).replace(".spool", ".sent"), "{")
    const again = await syncDirectory(dir, { url: server.url })
    expect(again.spools[0]).toMatchObject({ outcome: "sent", points: 0 })
    expect(server.points.length).toBe(count)
    await server.stop()
  })

  it("is left alone by sync while its process lives", async () => {
    const { run, dir } = quietRun({ mode: "offline" })
    run.log({ loss: 1 })
    expect((await syncDirectory(dir, { url: "http://127.0.0.1:9" })).spools).toMatchObject([{ outcome: "busy" }])
    await run.finish()
  })

  it("keeps no half record when the disk refuses a write", () => {
    const file = join(spoolFolder(), "a.spool")
    const errors: unknown[] = []
    const writer = new SpoolWriter({
      file,
      cutAfterMs: 1000,
      cutBytes: 1 << 20,
      onError: (error) => errors.push(error),
      onCut: () => {}
    })
    writer.json(RecordType.keyset, ["a"], 1)
    writer.close()
    expect(writer.json(RecordType.keyset, ["b"], 2)).toBe(false)
    expect(statSync(file).size).toBe(writer.size)
    expect(errors).toEqual([])
  })
})
