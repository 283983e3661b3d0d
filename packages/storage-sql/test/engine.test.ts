import { assert, describe, it } from "@effect/vitest"
import { Projects, RunEvents, RunSearch, Runs, trackingLayer } from "@wanllmdb/core"
import { memoryMetricStore } from "@wanllmdb/core/testing"
import { sqlStores } from "@wanllmdb/storage-sql"
import { Context, Effect, Layer } from "effect"
import { TestClock } from "effect/testing"
import { anyLibrary, openSession } from "./databases.ts"

const asNobody = { user: null }

const openEngines = Effect.gen(function* () {
  const session = yield* openSession(anyLibrary)
  const stores = yield* Layer.build(Layer.mergeAll(sqlStores(session), memoryMetricStore, RunEvents.layer))
  const open = Layer.build(Layer.fresh(trackingLayer).pipe(Layer.provide(Layer.succeedContext(stores))))
  return { session, open }
})

describe("the engine over SQL", () => {
  it.effect("several servers search one database, and each sees the others' writes at once", () =>
    Effect.gen(function* () {
      const { open } = yield* openEngines
      const [a, b] = yield* Effect.all([open, open])
      const project = yield* Context.get(a, Projects).create({ name: "shared" })
      const lrs = Array.from({ length: 30 }, (_, i) => i / 10)
      const made = yield* Effect.forEach(lrs, (lr, i) =>
        Context.get(i % 2 === 0 ? a : b, Runs).create(project, { config: { lr }, tags: [`t${i % 3}`] }, asNobody)
      )
      const count = (engine: typeof a, filter: string) =>
        Effect.map(Context.get(engine, RunSearch).search({ project: project.id, filter }), ({ total }) => total)
      for (const engine of [a, b]) assert.strictEqual(yield* count(engine, "config.lr<1 tag:t1"), 3)
      yield* Context.get(a, Runs).setConfig(made[20]!.run.id, { lr: 0.05 })
      yield* Context.get(b, Runs).delete(made[1]!.run.id)
      for (const engine of [a, b]) {
        assert.strictEqual(yield* count(engine, "config.lr<1"), 10)
        yield* TestClock.adjust("1 minute")
      }
      yield* Context.get(a, Runs).update(made[2]!.run.id, { tags: [] })
      assert.strictEqual(yield* count(b, "has:tag"), 28)
      yield* TestClock.adjust("1 minute")
      assert.strictEqual(yield* count(yield* open, "has:tag"), 28)
    })
  )

  it.effect("an engine that starts later reads stored pages and builds nothing again", () =>
    Effect.gen(function* () {
      const { open, session } = yield* openEngines
      const first = yield* open
      const project = yield* Context.get(first, Projects).create({ name: "pages" })
      yield* Context.get(first, Runs).create(project, { config: { lr: 1, note: "é" } }, asNobody)
      yield* Context.get(first, RunSearch).search({ project: project.id })
      yield* TestClock.adjust("1 minute")
      const head = yield* session.query("test", (db) => db.selectFrom("field_index").selectAll().executeTakeFirst())
      assert.strictEqual(head?.sequence, 1)
      // Were the index built from the runs, this run without documents would not be found.
      yield* session.query("test", (db) => db.deleteFrom("run_document").execute())
      const later = yield* open
      const page = yield* Context.get(later, RunSearch).search({ project: project.id, filter: "config.note:é" })
      assert.strictEqual(page.total, 1)
    })
  )

  it.effect("a 10 MB config and names of any script come back, and the list stays small", () =>
    Effect.gen(function* () {
      const { open } = yield* openEngines
      const engine = yield* open
      const project = yield* Context.get(engine, Projects).create({ name: "big" })
      const runs = Context.get(engine, Runs)
      const config = { blob: "x".repeat(10_000_000), lr: 1 }
      const name = "名".repeat(340)
      const { run } = yield* runs.create(project, { config, name }, asNobody)
      yield* runs.heartbeat(run.id)
      const back = yield* runs.get(run.id)
      assert.strictEqual(back.name, name)
      assert.deepStrictEqual(back.config, config)
      const page = yield* Context.get(engine, RunSearch).search({ project: project.id, filter: "config.lr=1" })
      assert.isBelow(JSON.stringify(page).length, 3_000)
    })
  )
})
