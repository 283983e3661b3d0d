import { Effect, Layer, Stream } from "effect"
import { describe, expect, it } from "vitest"
import type { RunSignal } from "../../src/event/RunEvents.ts"
import { RunEvents } from "../../src/event/RunEvents.ts"
import { FrameBuilder } from "../../src/metric/index.ts"
import { Metrics } from "../../src/metric/Metrics.ts"
import type { ProjectId } from "../../src/project/Project.ts"
import { Projects } from "../../src/project/Projects.ts"
import { RunId } from "../../src/run/Run.ts"
import { Runs } from "../../src/run/Runs.ts"
import { trackingLayer } from "../../src/run/trackingLayer.ts"
import { memoryStores } from "../../src/testing/index.ts"

const unknown = RunId.make("f".repeat(32))

interface Heard {
  readonly project: ProjectId
  readonly run: RunId
  /** What was published since the run was made. */
  readonly signals: Array<RunSignal>
  /** What the run shows of its metrics. */
  readonly summary: Effect.Effect<unknown>
}

/** The service over memory stores, a run, and what is published of it. */
const withMetrics = <A, E>(use: (metrics: Metrics["Service"], heard: Heard) => Effect.Effect<A, E>): Promise<A> => {
  const signals: Array<RunSignal> = []
  const events = Layer.effect(
    RunEvents,
    Effect.map(RunEvents, ({ publish, watch }) =>
      RunEvents.of({
        publish: (signal) => {
          signals.push(signal)
          return publish(signal)
        },
        watch
      })
    )
  ).pipe(Layer.provide(RunEvents.layer))
  const layer = Metrics.layer.pipe(Layer.provideMerge(trackingLayer), Layer.provide(Layer.merge(memoryStores, events)))
  const body = Effect.gen(function* () {
    const [metrics, runs, projects] = [yield* Metrics, yield* Runs, yield* Projects]
    const project = yield* projects.create({ name: "metrics" })
    const { run } = yield* runs.create(project, {}, { user: null })
    signals.length = 0
    const summary = Effect.orDie(Effect.map(runs.get(run.id), (shown) => shown.summary))
    return yield* use(metrics, { project: project.id, run: run.id, signals, summary })
  })
  return Effect.runPromise(body.pipe(Effect.provide(layer)))
}

const frame = (values: Record<string, number>, step = 0) => {
  const builder = new FrameBuilder()
  builder.add(step, 1000, values)
  return builder.take()
}

describe("metrics", () => {
  it("tell watchers of new points, and of media only where records came", () =>
    withMetrics((metrics, { project, run, signals, summary }) =>
      Effect.gen(function* () {
        const answer = yield* metrics.appendFrame(run, frame({ a: 1, b: 2 }))
        expect(answer).toEqual({ accepted: 2, rejected: [], rejectedCount: 0, sequence: 1, duplicate: false })
        yield* metrics.appendJson(run, { rows: [{ records: { image: { path: "a.png" } } }] })
        expect(signals).toEqual([
          { project, run, topic: "points" },
          { project, run, topic: "points" },
          { project, run, topic: "media" }
        ])
        expect(yield* summary).toEqual({ a: 1, b: 2 })
      })
    ))

  it("a repeat tells nobody and answers the counts of the first time", () =>
    withMetrics((metrics, { run, signals }) =>
      Effect.gen(function* () {
        const body = { rows: [{ step: 1, values: { a: 1, b: "x" } }] }
        const writer = { writer: "w", sequence: 1 }
        const first = yield* metrics.appendJson(run, body, writer)
        const again = yield* metrics.appendJson(run, body, writer)
        expect(first).toMatchObject({ accepted: 1, rejectedCount: 1, duplicate: false })
        expect(again).toMatchObject({ accepted: 1, rejectedCount: 1, duplicate: true, sequence: 1 })
        expect(signals.length).toBe(1)
      })
    ))

  it("count steps on from the run's greatest, across frames, JSON and batches without a step", () =>
    withMetrics((metrics, { run }) =>
      Effect.gen(function* () {
        yield* metrics.appendJson(run, { rows: [{ values: { a: 1 } }, { values: { a: 2 } }] })
        yield* metrics.appendFrame(run, frame({ a: 3 }, 40.5))
        yield* metrics.appendJson(run, { columns: { values: { a: [4, 5] } } })
        yield* metrics.appendJson(run, { rows: [{ step: 7, values: { a: 6 } }] })
        yield* metrics.appendJson(run, { rows: [{ values: { a: 7 } }] })
        const [batch] = yield* Stream.runCollect(metrics.scan({ run, key: "a" }))
        expect([...batch!.steps]).toEqual([0, 1, 7, 40.5, 41, 42, 43])
      })
    ))

  it("batches at once that leave out their steps get steps of their own", () =>
    withMetrics((metrics, { run }) =>
      Effect.gen(function* () {
        const one = (value: number) => metrics.appendJson(run, { rows: [{ values: { a: value } }] })
        yield* Effect.all([one(1), one(2), one(3)], { concurrency: "unbounded" })
        yield* Effect.all([one(4), one(5)], { concurrency: "unbounded" })
        const [batch] = yield* Stream.runCollect(metrics.scan({ run, key: "a", repeats: "all" }))
        expect([...batch!.steps]).toEqual([0, 1, 2, 3, 4])
      })
    ))

  it("a batch without a sound point changes nothing, but takes its place in the writer's numbering", () =>
    withMetrics((metrics, { project, run, signals, summary }) =>
      Effect.gen(function* () {
        const body = { rows: [{ values: { a: "x" } }] }
        expect(yield* metrics.appendJson(run, body)).toMatchObject({ accepted: 0, rejectedCount: 1, sequence: 0 })
        yield* metrics.appendJson(run, body, { writer: "w", sequence: 1 })
        yield* metrics.appendFrame(run, frame({ a: 1 }), { writer: "w", sequence: 2 })
        expect(signals).toEqual([{ project, run, topic: "points" }])
        expect(yield* summary).toEqual({ a: 1 })
      })
    ))

  it("refuse a broken frame, body, writer or query with the field and the rule", () =>
    withMetrics((metrics, { run }) =>
      Effect.gen(function* () {
        const message = <A, E extends { readonly message: string }>(effect: Effect.Effect<A, E>) =>
          Effect.map(Effect.flip(effect), (error) => error.message)
        const bad = frame({ a: 1 })
        bad[30] = bad[30]! ^ 1
        expect(yield* message(metrics.appendFrame(run, bad))).toMatch(/^frame: .*, got byte \d+$/)
        expect(yield* message(metrics.appendJson(run, [1]))).toContain("body: must be an object")
        expect(yield* message(metrics.appendFrame(run, frame({ a: 1 }), { writer: "ü", sequence: 1 }))).toBe(
          'writer: must be 1 to 64 of [A-Za-z0-9_-], got "ü"'
        )
        expect(yield* message(metrics.appendJson(run, { rows: [] }, { writer: "w", sequence: 0 }))).toContain(
          "sequence"
        )
        expect(yield* message(metrics.appendFrame(unknown, frame({ a: 1 })))).toContain("does not exist")
        const ask = (query: object) => message(Stream.runDrain(metrics.buckets({ series: [], ...query })))
        expect(yield* ask({ buckets: 0 })).toBe("buckets: must be a whole number from 1 to 20000, got 0")
        expect(yield* ask({ from: 3, to: 1 })).toBe("from: must not lie beyond `to`, got 3 > 1")
        expect(yield* ask({ from: Number.NaN })).toContain("from: must be a finite number")
        expect(yield* ask({ to: Infinity })).toContain("to: must be a finite number")
        expect(yield* ask({ series: [{ run, key: "" }] })).toContain("series[0].key")
        expect(yield* ask({ x: { metric: "" } })).toContain("x.metric")
        expect(yield* ask({ series: Array.from({ length: 10_001 }, () => ({ run, key: "a" })) })).toContain("series")
        expect(yield* message(Stream.runDrain(metrics.scan({ run, key: "" })))).toContain("key")
      })
    ))

  it("keep definitions by name and refuse those that contradict themselves", () =>
    withMetrics((metrics, { run }) =>
      Effect.gen(function* () {
        yield* metrics.define(run, { name: "val/*", summary: "max" })
        yield* metrics.define(run, { name: "loss", summary: "best", goal: "minimize", stepMetric: "epoch" })
        yield* metrics.define(run, { name: "val/*", summary: "min" })
        expect(yield* metrics.definitions(run)).toEqual([
          { name: "val/*", summary: "min" },
          { name: "loss", summary: "best", goal: "minimize", stepMetric: "epoch" }
        ])
        for (const wrong of [
          { name: "a*b" },
          { name: "" },
          { name: "a", summary: "best" as const },
          { name: "a", stepMetric: "" }
        ]) {
          expect((yield* Effect.flip(metrics.define(run, wrong)))._tag).toBe("InvalidInput")
        }
        expect((yield* Effect.flip(metrics.definitions(unknown)))._tag).toBe("RunNotFound")
      })
    ))

  it("list keys with their summaries in pages, and forget a key", () =>
    withMetrics((metrics, { run, signals }) =>
      Effect.gen(function* () {
        yield* metrics.appendFrame(run, frame({ a: 1, "b/x": 2, "b/y": 3 }))
        expect((yield* metrics.keys({ run, prefix: "b/" })).map(({ key, last }) => [key, last])).toEqual([
          ["b/x", 2],
          ["b/y", 3]
        ])
        expect((yield* metrics.keys({ run, after: "a", limit: 1 })).map(({ key }) => key)).toEqual(["b/x"])
        expect(yield* metrics.keys({ run, prefix: "z" })).toEqual([])
        yield* metrics.deleteKey(run, "a")
        yield* metrics.deleteKey(unknown, "a")
        expect((yield* metrics.keys({ run })).map(({ key }) => key)).toEqual(["b/x", "b/y"])
        expect(signals.length).toBe(2)
        expect(yield* metrics.head(run)).toBe(1)
        expect((yield* metrics.tail({ run, since: 0 })).frames.length).toBe(1)
        expect((yield* metrics.verify(run)).faults).toEqual([])
      })
    ))
})
