import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { fs } from "@wanllmdb/storage-fs"
import { sqlite } from "@wanllmdb/storage-sqlite"
import fc from "fast-check"
import { afterAll, describe, expect, it } from "vitest"
import { range, TrackerServer } from "./TrackerServer.ts"

const row = (number: number, client = 0) => ({
  _step: number,
  _runtime: number / 10,
  _timestamp: 1_790_000_000 + number + client / 8,
  value: number + client * 1_000_000
})

const values = async (server: TrackerServer, run: string, key = "value") =>
  (await server.points(run, key)).map(({ value }) => value)

const folder = mkdtempSync(join(tmpdir(), "wandb-rows-"))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

describe("numbered rows", () => {
  it("are there once each, however they are cut, repeated, overlapped or sent side by side", async () => {
    const rows = 40
    const part = fc.record({
      from: fc.nat({ max: rows - 1 }),
      size: fc.integer({ min: 1, max: 15 }),
      client: fc.constantFrom(0, 1),
      beside: fc.boolean()
    })
    await fc.assert(
      fc.asyncProperty(fc.array(part, { maxLength: 12 }), async (parts) => {
        const server = new TrackerServer()
        await server.upsert("r")
        const expected = [new Set<number>(), new Set<number>()]
        let under: Array<Promise<void>> = []
        const whole = [0, 1].map((client) => ({ from: 0, size: rows, client, beside: false }))
        for (const { from, size, client, beside } of [...parts, ...whole]) {
          const numbers = range(from, Math.min(rows, from + size))
          for (const number of numbers) expected[client]!.add(number)
          const sent = server.rows(
            "r",
            from,
            numbers.map((number) => row(number, client)),
            client === 0 ? "" : "second"
          )
          under.push(sent)
          if (!beside) {
            await Promise.all(under)
            under = []
          }
        }
        await Promise.all(under)
        const all = (await values(server, "r")) as ReadonlyArray<number>
        expect([...all].sort((a, b) => a - b)).toEqual([...range(0, rows), ...range(1_000_000, 1_000_000 + rows)])
        expect(server.troubles).toEqual([])
      }),
      { numRuns: 25 * Number(process.env.WANLLMDB_FUZZ ?? 1) }
    )
  })

  it("may come with gaps that fill later", async () => {
    const server = new TrackerServer()
    await server.upsert("r")
    await server.rows(
      "r",
      10,
      range(10, 15).map((number) => row(number))
    )
    await server.rows(
      "r",
      20,
      range(20, 25).map((number) => row(number))
    )
    await server.rows(
      "r",
      0,
      range(0, 30).map((number) => row(number))
    )
    expect(await values(server, "r")).toEqual(range(0, 30))
  })

  it("that a writer of shared mode sends without steps get steps of their own", async () => {
    const server = new TrackerServer()
    await server.upsert("r")
    const stepless = (number: number) => ({ _timestamp: 1_790_000_000 + number, _runtime: number, value: number })
    await server.rows("r", 0, range(0, 5).map(stepless), "one")
    await server.rows("r", 0, range(0, 5).map(stepless), "two")
    await server.rows("r", 5, range(5, 7).map(stepless), "one")
    expect((await server.points("r", "value")).map(({ step }) => step)).toEqual(range(0, 12))
  })

  it("start anew after a rewind, and go on after the rows that are still seen", async () => {
    const server = new TrackerServer()
    await server.upsert("r")
    await server.rows(
      "r",
      0,
      range(0, 10).map((number) => row(number))
    )
    const place = { runName: "r", entity: "local", project: "p", metricName: "_step" }
    const answer = await server.graphql("RewindRun", { ...place, metricValue: 3 })
    expect(answer.data.rewindRun.rewoundRun.historyLineCount).toBe(4)
    await server.rows(
      "r",
      4,
      range(4, 8).map((number) => row(number, 1))
    )
    await server.rows(
      "r",
      4,
      range(4, 8).map((number) => row(number, 1))
    )
    expect(await values(server, "r")).toEqual([...range(0, 4), ...range(1_000_004, 1_000_008)])
    const bucket = (await server.upsert("r")).bucket
    expect(bucket.historyLineCount).toBe(8)
  })

  it("that a run has under other numbers are not stored again, newer ones are", async () => {
    const server = new TrackerServer()
    await server.upsert("r")
    await server.rows(
      "r",
      0,
      range(0, 50).map((number) => row(number))
    )
    await server.rows(
      "r",
      50,
      range(0, 60).map((number) => row(number))
    )
    expect(await values(server, "r")).toEqual(range(0, 60))
    // The same steps at another time are another session of the same run.
    await server.rows("r", 110, [{ ...row(3), _timestamp: 1_800_000_000 }])
    expect(await values(server, "r")).toHaveLength(61)
  })

  it("of processes that log under one id without telling are all kept, however often they are sent", async () => {
    const server = new TrackerServer()
    await server.upsert("r")
    const process = (client: number, from: number, to: number) =>
      server.rows(
        "r",
        from,
        range(from, to).map((number) => row(number, client))
      )
    await process(0, 0, 10)
    await process(1, 0, 20)
    await process(2, 0, 15)
    await process(0, 5, 25)
    for (const client of [2, 1, 0]) await process(client, 0, 25)
    const all = (await values(server, "r")) as ReadonlyArray<number>
    expect(all.length).toBe(75)
    expect(new Set(all).size).toBe(75)
  })

  it("survive a restart of a server on SQLite, and are not doubled by it", async () => {
    const open = () =>
      new TrackerServer({ storage: sqlite({ file: join(folder, "w.db") }), blobs: fs({ dir: join(folder, "blobs") }) })
    const first = open()
    await first.upsert("r")
    await first.rows(
      "r",
      0,
      range(0, 3_000).map((number) => row(number))
    )
    await first.wan.close()
    const second = open()
    await second.rows(
      "r",
      1_000,
      range(1_000, 4_000).map((number) => row(number))
    )
    await second.rows(
      "r",
      4_000,
      range(0, 4_000).map((number) => row(number))
    )
    expect((await second.keys("r")).value.count).toBe(4_000)
    await second.wan.close()
  })
})
