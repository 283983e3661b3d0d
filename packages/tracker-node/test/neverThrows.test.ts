import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { Histogram, init } from "../src/index.ts"
import { jsonValue } from "../src/run/jsonValue.ts"
import { FaultyServer } from "./FaultyServer.ts"
import { quietRun } from "./quietRun.ts"

const numRuns = 50 * Number(process.env.WANLLMDB_FUZZ ?? 1)

const trap = new Proxy(
  {},
  {
    get: () => {
      throw new Error("get")
    },
    ownKeys: () => {
      throw new Error("keys")
    }
  }
)
const circular: Record<string, unknown> = {}
circular.self = circular

const weird = fc.oneof(
  fc.anything({
    withBigInt: true,
    withDate: true,
    withMap: true,
    withSet: true,
    withTypedArray: true,
    withNullPrototype: true
  }),
  fc.constantFrom<unknown>(
    trap,
    circular,
    Symbol("x"),
    () => 1,
    new Histogram([1], []),
    Number.NaN,
    "x".repeat(1 << 21)
  )
)

describe("a call of the tracker", () => {
  it("never throws, whatever it is given", async () => {
    await fc.assert(
      fc.asyncProperty(weird, weird, weird, async (a, b, c) => {
        const any = <A>(value: unknown): A => value as A
        const { run } = quietRun({ mode: "offline", config: any(a), tags: any(Array.isArray(b) ? b : undefined) })
        run.log(any(a))
        run.log(any({ value: b, nested: { c } }), any({ step: c, timeMs: b }))
        run.log({ good: 1 }, any(c))
        run.config.x = a
        run.summary.y = b
        run.updateConfig(any(c))
        run.defineMetric(any(a), any(b))
        run.addTags(any(a), any(b))
        run.print(any(a), any(typeof b === "object" && b !== null && b !== trap ? b : {}))
        run.setName(any(c))
        await run.save(any(b))
        expect(await run.finish(any(a))).toBeDefined()
        run.log({ late: 1 })
      }),
      { numRuns }
    )
  })

  it("never sends what the server would refuse whole", async () => {
    const server = await new FaultyServer().start()
    await fc.assert(
      fc.asyncProperty(
        fc.array(weird, { maxLength: 5 }),
        fc.dictionary(fc.string({ unit: "binary" }), weird),
        async (list, values) => {
          const { run, messages } = quietRun({ url: server.url })
          for (const value of list) run.log(value as never)
          run.log(values as never)
          run.log({ "a.b": 1, a: { b: 2 }, "\0": 3, "\ud800": 4, text: "\ud800", good: 5 }, { step: -0.5 })
          expect(await run.finish()).toMatchObject({ delivered: true })
          expect(messages.filter((message) => message.startsWith("refused"))).toEqual([])
          server.writers.clear()
        }
      ),
      { numRuns: 30 }
    )
    expect(server.values("good")).toHaveLength(30)
    expect(server.values("a.b")).toEqual(Array.from({ length: 30 }, () => 1))
    await server.stop()
  })

  it("never throws where the spool cannot be made", async () => {
    const messages: string[] = []
    const run = init({ dir: "/dev/null/no", onMessage: (_, message) => void messages.push(message) })
    run.log({ loss: 1 })
    expect(run.status.state).toBe("disabled")
    expect(messages[0]).toContain("nothing is recorded")
    expect(await run.finish()).toEqual({ delivered: true, folder: null })
  })

  it("does nothing in disabled mode", async () => {
    const { run } = quietRun({ mode: "disabled" })
    run.log({ loss: 1 })
    expect(run.status.state).toBe("disabled")
    await run.finish()
  })

  it("names each broken rule once", async () => {
    const { run, messages } = quietRun({ mode: "offline" })
    for (let i = 0; i < 100; i++) run.log({ bad: [1, 2] as never, good: i })
    expect(messages).toEqual([
      'metric "bad": must be a number, boolean, text, Histogram or an object of those, got an array of 2'
    ])
    await run.finish()
  })
})

describe("config values", () => {
  it("are always JSON", () => {
    fc.assert(
      fc.property(weird, (value) => {
        JSON.parse(JSON.stringify(jsonValue(value) ?? null))
      }),
      { numRuns: numRuns * 4 }
    )
  })

  it("say what JSON cannot", () => {
    expect(jsonValue({ nan: Number.NaN, at: new Date(0), big: 2n ** 70n, map: new Map([["a", 1]]), circular })).toEqual(
      {
        nan: "NaN",
        at: "1970-01-01T00:00:00.000Z",
        big: "1180591620717411303424",
        map: { a: 1 },
        circular: { self: "[circular]" }
      }
    )
  })
})
