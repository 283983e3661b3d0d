import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { type InitOptions, type LogOptions, type LogValue, syncDirectory } from "../src/index.ts"
import { FaultyServer } from "./FaultyServer.ts"
import { quietRun } from "./quietRun.ts"
import { type RealServer, startRealServer } from "./realServer.ts"

let server: RealServer

beforeAll(async () => {
  server = await startRealServer()
})
afterAll(() => server.close())

type Values = { readonly [key: string]: LogValue }
const odd = (values: object): Values => values as Values
const parsed = (json: string): Values => JSON.parse(json) as Values

/** A run whose warnings are kept; `stored` is what the server has of it once it ended. */
const start = (options: InitOptions = {}) => {
  const { run, messages } = quietRun({ url: server.url, ...options })
  return {
    run,
    messages,
    warnings: () => messages.filter((message) => !message.startsWith("run ")),
    end: async () => {
      const report = await run.finish()
      const stored = await server.wan.runs.get(`local:test:${run.slug}`)
      return { report, stored, values: async (key: string) => (await server.points(stored.id, key)).values }
    }
  }
}

describe("values that cannot be stored", () => {
  it("are named one by one, and the rest of their call is kept", async () => {
    const bad = {
      symbol: Symbol("x"),
      function: () => 1,
      date: new Date(0),
      map: new Map([["a", 1]]),
      set: new Set([1]),
      typed: new Float32Array([1, 2]),
      array: [1, 2],
      boxed: Object(5),
      huge: "x".repeat(3 << 20)
    }
    const { run, warnings, end } = start()
    for (let i = 0; i < 3; i++) run.log(odd({ ...bad, nothing: undefined, big: 10n, yes: true, good: i }))
    const { values } = await end()
    expect(await values("good")).toEqual([0, 1, 2])
    expect(await values("big")).toEqual([10, 10, 10])
    expect(await values("yes")).toEqual([1, 1, 1])
    for (const name of Object.keys(bad)) {
      expect(
        warnings().filter((message) => message.includes(`"${name}"`)),
        name
      ).toHaveLength(1)
    }
    expect(warnings()).toHaveLength(Object.keys(bad).length)
  })

  it("that throw when they are read cost no other value of their call", async () => {
    const { run, warnings, end } = start()
    run.log({ before: 0, after: 0 })
    const source = {
      before: 1,
      get broken(): number {
        throw new Error("boom")
      },
      after: 2
    }
    run.log(source)
    run.log(source)
    run.log(odd({ nested: new Proxy({}, { ownKeys: () => [][1]! }), after: 3 }))
    const { values } = await end()
    expect(await values("before")).toEqual([0, 1, 1])
    expect(await values("after")).toEqual([0, 2, 2, 3])
    expect(warnings()[0]).toBe('metric "broken": cannot be read: boom')
    expect(warnings().filter((message) => message.includes('"nested"'))).toHaveLength(1)
    expect(warnings()).toHaveLength(2)
  })

  it("of many names are named until it is enough, and then it is said that there are more", async () => {
    const { run, messages } = start({ mode: "offline" })
    for (let i = 0; i < 200; i++) run.log(odd({ [`bad${i}`]: [] }))
    expect(messages).toHaveLength(51)
    expect(messages.at(-1)).toContain("more warnings")
    await run.finish()
  })

  it("that are cyclic end at some depth", async () => {
    const cyclic: Record<string, unknown> = { a: 1 }
    cyclic.self = cyclic
    const { run, warnings, end } = start({ config: { cyclic } })
    run.log(odd({ cyclic, good: 1 }))
    const { stored, values } = await end()
    expect(await values("good")).toEqual([1])
    expect(await values("cyclic.a")).toEqual([1])
    expect(stored.config).toEqual({ cyclic: { a: 1, self: "[circular]" } })
    expect(warnings()).toHaveLength(1)
  })
})

describe("steps", () => {
  it("that are none are refused by name, and any others are kept in the order that they came", async () => {
    const { run, warnings, end } = start()
    for (const step of [Number.NaN, Number.POSITIVE_INFINITY, 2 ** 54, "3", 4n]) {
      run.log({ lost: 1 }, { step } as LogOptions)
    }
    for (const step of [10, 3, -2.5, 3]) run.log({ kept: step }, { step })
    run.log({ kept: 11 })
    const { stored } = await end()
    expect(await server.points(stored.id, "kept")).toEqual({
      steps: [-2.5, 3, 3, 10, 11],
      values: [-2.5, 3, 3, 10, 11]
    })
    expect((await server.points(stored.id, "lost")).values).toEqual([])
    expect(warnings().every((message) => message.startsWith('metric "step"'))).toBe(true)
  })

  it("of times that no date can hold are refused by name, and take no other point with them", async () => {
    const { run, warnings, end } = start()
    for (const timeMs of [Number.NaN, Number.POSITIVE_INFINITY, "now", -1, 0, 1e15]) {
      run.log({ a: 1 }, { timeMs } as LogOptions)
    }
    const { report, values } = await end()
    expect(report.delivered).toBe(true)
    expect(await values("a")).toHaveLength(3)
    expect(warnings().some((message) => message.includes('"timeMs"'))).toBe(true)
    expect(warnings().some((message) => message.startsWith("refused"))).toBe(false)
  })
})

describe("names", () => {
  it("of any Unicode up to 1,024 bytes are kept, those of objects too; longer and broken ones are refused by name", async () => {
    const good = ["é".repeat(512), "a\nb", " ", "\u202e", "😀", "__proto__", "constructor", "toString", "a.b", "a/b"]
    const { run, warnings, end } = start()
    run.log(parsed(JSON.stringify(Object.fromEntries(good.map((name) => [name, 1])))))
    run.log(odd({ ["é".repeat(513)]: 1, "\ud800": 1, "": 1 }))
    run.log(parsed('{ "__proto__": "a text", "nested": { "__proto__": 7 } }'))
    const { values } = await end()
    for (const name of good) expect(await values(name), name).toContain(1)
    expect(await values("nested.__proto__")).toEqual([7])
    expect(warnings().filter((message) => !message.includes("__proto__"))).toHaveLength(3)
    expect(Object.prototype).not.toHaveProperty("a")
  })

  it("may be a hundred thousand in one run", { timeout: 60_000 }, async () => {
    const { run, warnings } = start({ finishTimeoutMs: 40_000 })
    run.log(Object.fromEntries(Array.from({ length: 100_000 }, (_, k) => [`k/${k}`, k])))
    for (let k = 0; k < 5000; k++) run.log({ [`one/${k}`]: k })
    expect(await run.finish()).toMatchObject({ delivered: true })
    expect(warnings()).toEqual([])
    const stored = await server.wan.runs.get(`local:test:${run.slug}`)
    expect((await server.points(stored.id, "k/99999")).values).toEqual([99_999])
    expect((await server.points(stored.id, "one/4999")).values).toEqual([4999])
  })
})

describe("what a run is started with", () => {
  it("is cut to what the server takes, with a word about each, and the run is made", async () => {
    const { warnings, end } = start({
      name: "n".repeat(5000),
      group: "g".repeat(5000),
      jobType: `${"j".repeat(511)}😀`,
      notes: "o".repeat(2 << 20),
      tags: ["t".repeat(300), "short", 5 as never, "\ud800"],
      config: { "\ud800": "\udfff", ok: "a\\ud800" }
    })
    const { report, stored } = await end()
    expect(report.delivered).toBe(true)
    expect(stored).toMatchObject({ name: "n".repeat(1024), group: "g".repeat(512), jobType: "j".repeat(511) })
    expect([...stored.tags].sort()).toEqual(["short", "t".repeat(256), "\ufffd"].sort())
    expect(stored.config).toEqual({ "\ufffd": "\ufffd", ok: "a\\ud800" })
    expect(warnings()).toHaveLength(5)
  })

  it("and what the server refuses all the same keeps no point back", async () => {
    const strict = await new FaultyServer().start()
    let first = true
    strict.fault = (method, path) => {
      if (method !== "POST" || !path.endsWith("/runs") || !first) return null
      first = false
      return { status: 400, body: { detail: "notes: not today" } }
    }
    const { run, messages } = quietRun({ url: strict.url, notes: "n" })
    run.log({ a: 1 })
    expect(await run.finish()).toMatchObject({ delivered: true })
    expect(strict.values("a")).toEqual([1])
    expect(messages.filter((message) => message.includes("notes: not today"))).toHaveLength(1)
    await strict.stop()
  })

  it("may be named like what objects have", async () => {
    const { run, end } = start({ config: parsed('{ "__proto__": { "a": 1 }, "constructor": 2 }') })
    run.updateConfig(parsed('{ "__proto__": { "b": 1 } }'))
    const { stored } = await end()
    expect(JSON.stringify(stored.config)).toBe('{"__proto__":{"a":1,"b":1},"constructor":2}')
  })
})

describe("a record of a logger", () => {
  it("with an odd level, time, stream or text costs no other record", async () => {
    const { run, warnings, end } = start()
    run.print("level", { level: "fatal" as never })
    run.print("stream", { stream: "s".repeat(5000) })
    run.print("no stream", { stream: "" })
    for (const timeMs of [Number.NaN, 1e300, "now" as never]) run.print("time", { timeMs })
    run.print("half \ud800 pair")
    run.print("ok", { level: "error" })
    const { report, stored } = await end()
    expect([report.delivered, warnings()]).toEqual([true, []])
    const lines = await server.lines(stored.id)
    expect(lines.map(({ text }) => text).sort()).toEqual(
      ["level", "stream", "no stream", "time", "time", "time", "half \ufffd pair", "ok"].sort()
    )
  })
})

describe("a call that a server refuses or that cannot even be written down", () => {
  it("does not hold up what follows", async () => {
    const { run, dir } = quietRun({ url: server.url, finishTimeoutMs: 20_000 })
    run.defineMetric("x".repeat(5000))
    run.defineMetric("a", { goal: "sideways" as never })
    run.addTags("x".repeat(300))
    run.removeTag("\ud800")
    run.setName("x".repeat(5000))
    run.log({ a: 1 })
    expect(await run.finish()).toMatchObject({ delivered: true })
    expect((await server.points(`local:test:${run.slug}`, "a")).values).toEqual([1])
    // What was refused stays in the spool, and sending it again changes nothing.
    expect((await syncDirectory(dir, { url: server.url })).spools).toMatchObject([{ outcome: "sent", points: 0 }])
  })
})
