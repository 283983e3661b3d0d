import fc from "fast-check"
import { afterAll, describe, expect, it } from "vitest"
import { parseExtendedJson } from "../../src/wire/extendedJson.ts"
import { ReadServer } from "./ReadServer.ts"

const server = new ReadServer()
afterAll(() => server.wan.close())

type Row = Readonly<Record<string, unknown>>

/** Two kinds of value never stand under one name of a run. */
const value = {
  number: fc.oneof(
    fc.double({ noNaN: true, noDefaultInfinity: true }).map((one) => (Object.is(one, -0) ? 0 : one)),
    fc.constantFrom(Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY)
  ),
  text: fc.string({ maxLength: 12 }),
  media: fc.record({
    _type: fc.constantFrom("image-file", "html-file"),
    path: fc.string({ minLength: 1, maxLength: 8 }),
    size: fc.nat(),
    inner: fc.record({ list: fc.array(fc.integer(), { maxLength: 3 }) })
  }),
  histogram: fc.array(fc.nat({ max: 99 }), { minLength: 1, maxLength: 5 }).map((values) => ({
    _type: "histogram",
    values,
    bins: Array.from({ length: values.length + 1 }, (_, i) => i / 2)
  }))
}

const rowOf = fc.record(
  {
    loss: value.number,
    "val/acc": value.number,
    "odd.name é": value.number,
    note: value.text,
    picture: value.media,
    weights: value.histogram
  },
  { requiredKeys: [] }
)

const rows = fc
  .array(fc.record({ gap: fc.integer({ min: 1, max: 5 }), row: rowOf }), { minLength: 1, maxLength: 30 })
  .map((list) => {
    let step = -1
    return list.map(({ gap, row }, index): Row => {
      step += gap
      return { ...row, _step: step, _runtime: index * 0.5, _timestamp: 1_790_000_000 + index }
    })
  })

/** As Python writes it. */
const lineOf = (row: Row): string => {
  const print = (one: unknown): string => {
    if (typeof one === "number" && !Number.isFinite(one)) {
      return Number.isNaN(one) ? "NaN" : one > 0 ? "Infinity" : "-Infinity"
    }
    if (typeof one !== "object" || one === null) return JSON.stringify(one)
    if (Array.isArray(one)) return `[${one.map(print).join(", ")}]`
    return `{${Object.entries(one)
      .map(([key, inner]) => `${JSON.stringify(key)}: ${print(inner)}`)
      .join(", ")}}`
  }
  return print(row)
}

let made = 0

const logged = async (list: ReadonlyArray<Row>): Promise<string> => {
  const name = `h${made++}`
  await server.upsert(name)
  await server.rows(
    name,
    0,
    list.map((row) => lineOf(row))
  )
  return name
}

const page = async (run: string, minStep: number, maxStep: number): Promise<ReadonlyArray<Row>> => {
  const { project } = await server.ask("HistoryPage", { run, minStep, maxStep, pageSize: maxStep - minStep })
  return project.run.history.map((line: string) => parseExtendedJson(line))
}

const sampledLines = async (run: string, samples: number): Promise<ReadonlyArray<Row>> => {
  const { project } = await server.ask("RunFullHistory", { name: run, samples }, "history(samples: $samples)")
  return project.run.history.map((line: string) => parseExtendedJson(line))
}

describe("the history of the public API", () => {
  it("gives back the rows that were logged, page by page and whole", async () => {
    await fc.assert(
      fc.asyncProperty(rows, fc.integer({ min: 1, max: 40 }), async (list, size) => {
        const run = await logged(list)
        const last = Number(list.at(-1)?._step)
        const pages: Array<Row> = []
        for (let from = 0; from <= last; from += size) pages.push(...(await page(run, from, from + size)))
        expect(pages).toEqual(list)
        expect(await sampledLines(run, 1_000)).toEqual(list)
      }),
      { numRuns: 40 * Number(process.env.WANLLMDB_FUZZ ?? 1) }
    )
  })

  it("shows what came last where a step was logged more than once", async () => {
    const at = (a: number, i: number): Row => ({ a, _step: 3, _runtime: i, _timestamp: 1_790_000_000 + i })
    const run = await logged([at(1, 0), at(2, 1), { ...at(3, 2), b: 7 }])
    const expected = [{ ...at(3, 2), b: 7 }]
    expect(await page(run, 0, 10)).toEqual(expected)
    expect(await sampledLines(run, 10)).toEqual(expected)
  })

  it("samples rows at even distances, the first and the last among them", async () => {
    const list = Array.from(
      { length: 101 },
      (_, i): Row => ({ a: i, _step: i, _runtime: i, _timestamp: 1_790_000_000 + i })
    )
    const run = await logged(list)
    expect((await sampledLines(run, 11)).map(({ a }) => a)).toEqual([0, 10, 20, 30, 40, 50, 60, 70, 80, 90, 100])
    expect((await sampledLines(run, 1)).map(({ a }) => a)).toEqual([0])
    expect(await sampledLines(run, 0)).toEqual([])
  })

  it("samples only rows that have every key that is asked for", async () => {
    const list = Array.from(
      { length: 60 },
      (_, i): Row => ({
        ...(i % 2 === 0 && { a: i }),
        ...(i % 3 === 0 && { b: i === 6 ? Number.NaN : -i }),
        _step: i,
        _runtime: i,
        _timestamp: 1_790_000_000 + i
      })
    )
    const run = await logged(list)
    const ask = async (spec: object) => {
      const { project } = await server.ask("RunSampledHistory", { name: run, specs: [JSON.stringify(spec)] })
      return project.run.sampledHistory[0]
    }
    expect((await ask({ keys: ["_step", "a", "b"], samples: 500 })).map((row: Row) => row._step)).toEqual([
      0, 6, 12, 18, 24, 30, 36, 42, 48, 54
    ])
    expect((await ask({ keys: ["_step", "a", "b"], samples: 500 }))[1]).toEqual({ _step: 6, a: 6, b: "NaN" })
    expect(await ask({ keys: ["_timestamp", "b"], samples: 2 })).toEqual([
      { _timestamp: 1_790_000_000, b: 0 },
      { _timestamp: 1_790_000_057, b: -57 }
    ])
    expect(await ask({ keys: ["_step", "a", "never"], samples: 500 })).toEqual([])
    expect((await ask({ keys: ["_step"], samples: 500 })).length).toBe(60)
    const window = await server.ask("SampledHistoryPage", {
      run,
      spec: JSON.stringify({ keys: ["_step", "a"], minStep: 10, maxStep: 16, samples: 100 })
    })
    expect(window.project.run.sampledHistory[0]).toEqual([10, 12, 14].map((i) => ({ _step: i, a: i })))
  })

  it("keeps samples of the machine apart", async () => {
    const run = await logged([{ a: 1, _step: 0, _runtime: 0, _timestamp: 1_790_000_000 }])
    const content = [lineOf({ _wandb: true, _timestamp: 1_790_000_001, _runtime: 1, "system.cpu": 50 })]
    await server.stream(run, { files: { "wandb-events.jsonl": { offset: 0, content } } })
    const { project } = await server.ask("RunFullHistory", { name: run, samples: 10 }, "events(samples: $samples)")
    expect(project.run.events.map((line: string) => JSON.parse(line))).toMatchObject([{ "system.cpu": 50 }])
    expect(await sampledLines(run, 10)).toEqual([{ a: 1, _step: 0, _runtime: 0, _timestamp: 1_790_000_000 }])
    const node = (await server.ask("Run", { name: run }, "historyKeys systemMetrics")).project.run
    expect(Object.keys(node.historyKeys.keys)).toEqual(["_runtime", "a"])
    expect(node.historyKeys.lastStep).toBe(0)
    expect(JSON.parse(node.systemMetrics)).toEqual({ "system.cpu": 50 })
  })

  it("names what is wrong with a call", async () => {
    const run = await logged([{ a: 1, _step: 0, _timestamp: 1 }])
    await expect(server.ask("HistoryPage", { run, maxStep: 1 })).rejects.toThrow(/variables\.minStep: must be a number/)
    await expect(server.ask("SampledHistoryPage", { run, spec: "[1" })).rejects.toThrow(/variables\.spec\[0\]/)
    await expect(server.ask("RunSampledHistory", { name: run, specs: ['{"keys":1}'] })).rejects.toThrow(/keys: must be/)
  })
})
