import { Projects, type RunId, Runs } from "@wanllmdb/core"
import { Effect, Layer } from "effect"
import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { inlineKeysets, keysetsOf } from "../../src/metric/frame/inlineKeysets.ts"
import { checkFrame, decodeFrame, encodeFrame } from "../../src/metric/index.ts"
import { Metrics } from "../../src/metric/Metrics.ts"
import { recordedEngine } from "../file/knownRuns.ts"

const withRun = <A, E>(use: (metrics: Metrics["Service"], run: RunId, other: RunId) => Effect.Effect<A, E>) =>
  Effect.runPromise(
    Effect.gen(function* () {
      const project = yield* (yield* Projects).create({ name: "keysets" })
      const make = Effect.map((yield* Runs).create(project, {}, { user: null }), ({ run }) => run.id)
      return yield* use(yield* Metrics, yield* make, yield* make)
    }).pipe(Effect.provide(Layer.provideMerge(Metrics.layer, recordedEngine([]))))
  )

const section = (keys: ReadonlyArray<string>, keyset: number, rows = 3) => {
  const steps = Float64Array.from({ length: rows }, (_, row) => row)
  const columns = keys.map((_, at) => ({ kind: "number", values: steps.map((step) => step * 10 + at) }) as const)
  return { keys, keyset, steps, times: steps, columns }
}

describe("a key set", () => {
  it("stands for its names in the frames of its run, and the store keeps them with their names", () =>
    withRun((metrics, run, other) =>
      Effect.gen(function* () {
        const names = ["loss", "acc", "é".repeat(512)]
        const keyset = yield* metrics.registerKeys(run, names)
        expect(yield* metrics.registerKeys(run, names)).toBe(keyset)
        expect(yield* metrics.registerKeys(run, [...names].reverse())).not.toBe(keyset)
        const frame = encodeFrame([section(names, keyset), section(["inline"], 0)])
        expect(yield* metrics.appendFrame(run, frame)).toMatchObject({ accepted: 12 })
        const keys = yield* metrics.keys({ run: run })
        expect(keys.map(({ key, count, last }) => [key, count, last])).toEqual([
          ["acc", 3, 21],
          ["inline", 3, 20],
          ["loss", 3, 20],
          ["é".repeat(512), 3, 22]
        ])
        const { frames } = yield* metrics.tail({ run: run, since: 0 })
        expect(decodeFrame(frames[0]!.body).sections.map((each) => each.keyset)).toEqual([0, 0])
        const foreign = yield* Effect.flip(metrics.appendFrame(other, frame))
        expect(foreign).toMatchObject({ faults: [{ path: "frame", rule: `key set ${keyset} is not registered` }] })
      })
    ))

  it("of wrong names, too many or none is refused by the rule, and so are frames that do not fit theirs", () =>
    withRun((metrics, run) =>
      Effect.gen(function* () {
        for (const [names, path] of [
          [[], "keys"],
          [["a", ""], "keys[1]"],
          [["a\u0000"], "keys[0]"],
          [["\ud800"], "keys[0]"],
          [["a", "a"], "keys"],
          [Array.from({ length: 100_001 }, (_, at) => `${at}`), "keys"]
        ] as const) {
          const fault = yield* Effect.flip(metrics.registerKeys(run, names))
          expect(fault).toMatchObject({ _tag: "InvalidInput", faults: [{ path }] })
        }
        const keyset = yield* metrics.registerKeys(run, ["a", "b"])
        const wrong = encodeFrame([section(["a"], keyset)])
        expect(yield* Effect.flip(metrics.appendFrame(run, wrong))).toMatchObject({ _tag: "InvalidInput" })
        const many = encodeFrame(Array.from({ length: 5000 }, (_, at) => section(["a"], at + 1, 1)))
        expect(yield* Effect.flip(metrics.appendFrame(run, many))).toMatchObject({ _tag: "InvalidInput" })
        expect(yield* metrics.head(run)).toBe(0)
      })
    ))
})

describe("names put into a frame", () => {
  const Names = fc.uniqueArray(fc.string({ unit: "binary", minLength: 1, maxLength: 12 }), {
    minLength: 1,
    maxLength: 9
  })
  const sound = Names.map((names) => names.filter((name) => !/[\0\p{Surrogate}]/u.test(name))).filter(
    ({ length }) => length > 0
  )

  it("give the frame that had them from the start", () => {
    fc.assert(
      fc.property(fc.array(sound, { minLength: 1, maxLength: 4 }), (sets) => {
        const named = encodeFrame(sets.map((names) => section(names, 0)))
        const numbered = encodeFrame(sets.map((names, at) => section(names, at + 1)))
        const resolve = (number: number) => sets[number - 1] ?? null
        expect(keysetsOf(numbered)).toEqual(sets.map((_, at) => at + 1))
        expect(checkFrame(numbered, { keysets: resolve }).ok).toBe(true)
        expect(inlineKeysets(numbered, resolve)).toEqual(named)
      }),
      { numRuns: 50 }
    )
  })

  it("are looked for in any bytes without harm", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => void keysetsOf(bytes)),
      { numRuns: 100 }
    )
    expect(keysetsOf(encodeFrame([section(["a"], 0)]))).toEqual([])
  })
})
