import { LogStore, RunId } from "@wanllmdb/core"
import { Effect } from "effect"
import { describe, expect, it } from "vitest"
import { chooseDriver } from "../../src/driver/chooseDriver.ts"
import { boundedRun, TimeLimitReached } from "../../src/log/boundedRun.ts"
import { sqlite } from "../../src/sqlite.ts"
import { drivers } from "../drivers.ts"
import { temporaryFile } from "../temporaryFile.ts"

const run = RunId.make("b".repeat(32))

const withStore = <A, E>(threads: "inline" | "worker", use: (store: LogStore["Service"]) => Effect.Effect<A, E>) =>
  Effect.runPromise(
    Effect.gen(function* () {
      return yield* use(yield* LogStore)
    }).pipe(Effect.provide(sqlite({ file: temporaryFile(), threads, durability: "process" }).layer))
  )

describe.each(["inline", "worker"] as const)("search of logs, %s", (threads) => {
  it("an expression that would run for ever is refused, and the store goes on", () =>
    withStore(threads, (store) =>
      Effect.gen(function* () {
        const lines = Array.from({ length: 1_200 }, (_, at) => ({ text: `${"a".repeat(40)}! ${at}` }))
        yield* store.append({ run, receivedAt: 0, lines })
        for (const regex of ["^(a+)+$", "(?=(a|aa)+$)b"]) {
          const fault = yield* Effect.flip(store.read({ run, search: { regex } }))
          expect(fault).toMatchObject({ _tag: "InvalidInput", faults: [{ path: "search" }] })
        }
        const { lines: found } = yield* store.read({ run, search: { regex: "! 1\\d99$" } })
        expect(found.map((line) => line.index)).toEqual([1_099, 1_199])
      })
    ))

  it("appends and small reads are answered while a search is under way", () =>
    withStore(threads, (store) =>
      Effect.gen(function* () {
        for (let part = 0; part < 20; part++) {
          const lines = Array.from({ length: 5_000 }, (_, at) => ({
            text: `part ${part} line ${at} ${"é".repeat(60)}`
          }))
          yield* store.append({ run, receivedAt: 0, lines })
        }
        const order: Array<string> = []
        const note = (name: string) => Effect.sync(() => void order.push(name))
        yield* Effect.all(
          [
            Effect.andThen(store.read({ run, search: { regex: "(?=é)[^é]{2}" } }), note("search")),
            Effect.andThen(store.read({ run, from: -10 }), note("read")),
            Effect.andThen(store.append({ run, receivedAt: 0, lines: [{ text: "new" }] }), note("append"))
          ],
          { concurrency: "unbounded" }
        )
        expect(order.at(-1)).toBe("search")
      })
    ))
})

describe("boundedRun", () => {
  it("gives the value, passes errors on, and ends what never ends", () => {
    expect(boundedRun(() => 7, 100)).toBe(7)
    expect(() =>
      boundedRun(() => {
        throw new RangeError("mine")
      }, 100)
    ).toThrow(RangeError)
    expect(() => boundedRun(() => /^(a+)+$/.test(`${"a".repeat(50)}!`), 20)).toThrow(TimeLimitReached)
    expect(boundedRun(() => "again", 100)).toBe("again")
  })
})

describe("a damaged chunk", () => {
  it("is an error, never another text", async () => {
    const file = temporaryFile()
    const { layer } = sqlite({ file, threads: "inline", durability: "process" })
    const use = <A, E>(body: (store: LogStore["Service"]) => Effect.Effect<A, E>) =>
      Effect.runPromise(Effect.provide(Effect.flatMap(LogStore, body), layer))
    const lines = Array.from({ length: 1_000 }, (_, at) => ({ text: `line ${at}` }))
    await use((store) => store.append({ run, receivedAt: 0, lines }))
    const db = chooseDriver(drivers[0]).open(file, { readOnly: false })
    const { text } = db.prepare("select text from log_chunk").get() ?? {}
    const damaged = new Uint8Array(text as Uint8Array)
    damaged[damaged.length >> 1]! ^= 1
    db.prepare("update log_chunk set text = ?").run(damaged)
    db.close()
    expect(await use((store) => Effect.flip(store.read({ run })))).toMatchObject({
      _tag: "StoreError",
      retryable: false
    })
  })
})
