import { assert, layer } from "@effect/vitest"
import { MetricDefinitionStore, Projects, RunEvents, type RunSlugTaken } from "@wanllmdb/core"
import { Effect, Fiber, Stream } from "effect"
import { TestClock } from "effect/testing"
import { asNobody, engine, logRows, openProject } from "./engine.ts"

layer(engine)("runs", (it) => {
  it.effect("a run without a name gets a readable one that is also its slug", () =>
    Effect.gen(function* () {
      const { project, runs } = yield* openProject()
      const { run, created } = yield* runs.create(project, {}, asNobody)
      assert.isTrue(created)
      assert.match(run.slug, /^[a-z]+-[a-z]+-\d+$/)
      assert.strictEqual(run.name, run.slug)
      assert.strictEqual(run.state, "running")
      assert.deepStrictEqual(yield* runs.get(run.id), run)
      assert.deepStrictEqual(yield* runs.get(`local:${project.slug}:${run.slug}`), run)
    })
  )

  it.effect("a taken slug fails, continues or must exist, as the caller asks", () =>
    Effect.gen(function* () {
      const { project, runs } = yield* openProject()
      const missing = yield* Effect.flip(runs.create(project, { slug: "a", resume: "must" }, asNobody))
      assert.strictEqual(missing._tag, "RunNotFound")
      const first = yield* runs.create(project, { slug: "a", config: { lr: 1 } }, asNobody)
      yield* runs.finish(first.run.id, { state: "finished" })
      const taken = yield* Effect.flip(runs.create(project, { slug: "a" }, asNobody))
      assert.strictEqual((taken as RunSlugTaken).slug, "a")
      const again = yield* runs.create(project, { slug: "a", resume: "allow", config: { seed: 2 } }, asNobody)
      assert.isFalse(again.created)
      assert.strictEqual(again.run.id, first.run.id)
      assert.strictEqual(again.run.state, "running")
      assert.deepStrictEqual(again.run.config, { lr: 1, seed: 2 })
      assert.strictEqual(again.run.configVersion, 2)
    })
  )

  it.effect("a repeated idempotency key answers with the same run", () =>
    Effect.gen(function* () {
      const { project, runs } = yield* openProject()
      const options = { user: null, idempotencyKey: "k1" }
      const first = yield* runs.create(project, { name: "x" }, options)
      const second = yield* runs.create(project, { name: "x" }, options)
      assert.strictEqual(second.run.id, first.run.id)
      assert.isFalse(second.created)
      assert.strictEqual((yield* (yield* Projects).get(project.id)).runCount, 1)
    })
  )

  it.effect("an idempotency key of one user is none of another's", () =>
    Effect.gen(function* () {
      const { project, runs } = yield* openProject()
      const as = (name: string) => ({
        user: { id: name, name, role: "member", via: "key" } as const,
        idempotencyKey: "k1"
      })
      const hers = yield* runs.create(project, { name: "x" }, as("ada"))
      const his = yield* runs.create(project, { name: "x" }, as("bob"))
      assert.notStrictEqual(his.run.id, hers.run.id)
      assert.strictEqual((yield* runs.create(project, {}, as("ada"))).run.id, hers.run.id)
    })
  )

  it.effect("a new run takes no more tags than a run may have", () =>
    Effect.gen(function* () {
      const { project, runs } = yield* openProject()
      const tags = Array.from({ length: 1001 }, (_, i) => `t${i}`)
      const refused = yield* Effect.flip(runs.create(project, { tags }, asNobody))
      assert.include(refused.message, "tags: must be at most 1000 a run")
    })
  )

  it.effect("a run that heartbeats crashes after five minutes of silence and lives again with the next beat", () =>
    Effect.gen(function* () {
      const { project, runs } = yield* openProject()
      const { run } = yield* runs.create(project, {}, asNobody)
      const quiet = yield* runs.create(project, {}, asNobody)
      yield* runs.heartbeat(run.id)
      yield* TestClock.adjust("4 minutes")
      assert.strictEqual(yield* runs.sweepCrashed, 0)
      yield* TestClock.adjust("2 minutes")
      assert.strictEqual(yield* runs.sweepCrashed, 1)
      const crashed = yield* runs.get(run.id)
      assert.strictEqual(crashed.state, "crashed")
      assert.strictEqual(crashed.durationMs, 0)
      assert.strictEqual((yield* runs.get(quiet.run.id)).state, "running")
      yield* runs.heartbeat(run.id)
      const alive = yield* runs.get(run.id)
      assert.strictEqual(alive.state, "running")
      assert.strictEqual(alive.durationMs, 6 * 60_000)
      assert.isNull(alive.finishedAt)
    })
  )

  it.effect("paused time does not count, and a resume after the end starts anew", () =>
    Effect.gen(function* () {
      const { project, runs } = yield* openProject()
      const { run } = yield* runs.create(project, {}, asNobody)
      yield* TestClock.adjust("10 seconds")
      yield* runs.pause(run.id)
      yield* TestClock.adjust("1 hour")
      yield* runs.resume(run.id)
      yield* TestClock.adjust("5 seconds")
      assert.strictEqual((yield* runs.finish(run.id, { state: "failed", exitCode: 3 })).durationMs, 15_000)
      yield* TestClock.adjust("1 minute")
      const repeated = yield* runs.finish(run.id, { state: "failed", exitCode: 3 })
      assert.strictEqual(repeated.durationMs, 15_000)
      assert.strictEqual(repeated.exitCode, 3)
      yield* runs.resume(run.id)
      yield* TestClock.adjust("7 seconds")
      assert.strictEqual((yield* runs.finish(run.id, { state: "finished" })).durationMs, 7_000)
    })
  )

  it.effect("points after the end are kept, show in the summary and change no state", () =>
    Effect.gen(function* () {
      const { project, runs } = yield* openProject()
      const { run } = yield* runs.create(project, {}, asNobody)
      yield* runs.finish(run.id, { state: "finished" })
      yield* logRows(run.id, [{ step: 1, values: { loss: 0.5, bad: Number.NaN } }])
      yield* runs.touched(run.id)
      const after = yield* runs.get(run.id)
      assert.strictEqual(after.state, "finished")
      assert.deepStrictEqual(after.summary, { bad: "NaN", loss: 0.5 })
    })
  )

  it.effect("the summary follows definitions, and what the client sets lies over it", () =>
    Effect.gen(function* () {
      const { project, runs } = yield* openProject()
      const definitions = yield* MetricDefinitionStore
      const { run } = yield* runs.create(project, {}, asNobody)
      yield* definitions.put(run.id, { name: "val/*", summary: "best", goal: "minimize" })
      yield* definitions.put(run.id, { name: "hidden", summary: "none" })
      const rows = [5, 2, 3].map((value, step) => ({ step, values: { "val/loss": value, acc: value, hidden: 1 } }))
      yield* logRows(run.id, rows)
      yield* runs.touched(run.id)
      assert.deepStrictEqual((yield* runs.get(run.id)).summary, { acc: 3, "val/loss": 2 })
      const set = yield* runs.update(run.id, { summary: { acc: 9, best: { epoch: 4, at: "x" } } })
      assert.deepStrictEqual(set.summary, { acc: 9, "val/loss": 2, "best.epoch": 4, "best.at": "x" })
      const removed = yield* runs.update(run.id, { summary: { best: null, acc: null } })
      assert.deepStrictEqual(removed.summary, { acc: 3, "val/loss": 2 })
    })
  )

  it.effect("config merges deeply and keeps a version only when something differs", () =>
    Effect.gen(function* () {
      const { project, runs } = yield* openProject()
      const { run } = yield* runs.create(project, { config: { optimizer: { name: "adam", lr: 0.1 } } }, asNobody)
      const merged = yield* runs.setConfig(run.id, { optimizer: { lr: 0.2 }, layers: [1, 2] })
      assert.deepStrictEqual(merged.config, { optimizer: { name: "adam", lr: 0.2 }, layers: [1, 2] })
      yield* runs.setConfig(run.id, { layers: [1, 2] })
      const versions = yield* runs.configVersions(run.id)
      assert.deepStrictEqual(
        versions.map(({ version }) => version),
        [1, 2]
      )
    })
  )

  it.effect(
    "a config that replaces leaves nothing of the old one, one that comes key by key replaces these keys whole",
    () =>
      Effect.gen(function* () {
        const { project, runs } = yield* openProject()
        const { run } = yield* runs.create(project, { config: { net: { a: 1, b: 2 }, lr: 0.1 } }, asNobody)
        const keyed = yield* runs.setConfig(run.id, { net: { c: 3 } }, { merge: "keys" })
        assert.deepStrictEqual(keyed.config, { net: { c: 3 }, lr: 0.1 })
        const replaced = yield* runs.setConfig(run.id, { net: { c: 3 } }, { merge: "replace" })
        assert.deepStrictEqual(replaced.config, { net: { c: 3 } })
        const again = yield* runs.setConfig(run.id, { net: { c: 3 } }, { merge: "replace" })
        assert.strictEqual(again.configVersion, 3)
      })
  )

  it.effect("a run with a slug and no name may ask for a readable one", () =>
    Effect.gen(function* () {
      const { project, runs } = yield* openProject()
      const plain = yield* runs.create(project, { slug: "x1" }, asNobody)
      assert.strictEqual(plain.run.name, "x1")
      const readable = yield* runs.create(project, { slug: "x2" }, { ...asNobody, naming: "readable" })
      assert.match(readable.run.name, /^[a-z]+-[a-z]+-\d+$/)
    })
  )

  it.effect("a 10 MB config comes back whole", () =>
    Effect.gen(function* () {
      const { project, runs } = yield* openProject()
      const config = Object.fromEntries(Array.from({ length: 10_000 }, (_, i) => [`k${i}`, "x".repeat(1_000)]))
      const { run } = yield* runs.create(project, { config }, asNobody)
      assert.deepStrictEqual((yield* runs.get(run.id)).config, config)
    })
  )

  it.effect("a config that nests without end is refused by name", () =>
    Effect.gen(function* () {
      const { project, runs } = yield* openProject()
      let config: Record<string, never> | { a: unknown } = {}
      for (let depth = 0; depth < 200; depth++) config = { a: config }
      const error = yield* Effect.flip(runs.create(project, { config: config as never }, asNobody))
      assert.match(error.message, /config\.a\.a.*must nest at most 100 levels/)
    })
  )

  it.effect("tags, group and deletion change many runs at once, and a failure names its run", () =>
    Effect.gen(function* () {
      const { project, runs } = yield* openProject()
      const made = yield* Effect.forEach(["a", "b", "c"], (slug) => runs.create(project, { slug }, asNobody))
      const ids = made.map(({ run }) => run.id)
      const answer = yield* runs.bulk({ op: "addTags", runs: [...ids, "nope"], tags: ["t", "t"] })
      assert.strictEqual(answer.changed, 3)
      assert.deepStrictEqual(answer.failed, [{ run: "nope", message: 'Run "nope" does not exist' }])
      yield* runs.bulk({ op: "group", runs: ids, group: "g" })
      yield* runs.bulk({ op: "delete", runs: ids.slice(0, 2) })
      assert.strictEqual((yield* (yield* Projects).get(project.id)).runCount, 1)
      const first = yield* runs.get(ids[0]!)
      assert.isNotNull(first.deletedAt)
      assert.strictEqual(first.group, "g")
      assert.deepStrictEqual(first.tags, ["t"])
      yield* runs.bulk({ op: "restore", runs: ids })
      assert.strictEqual((yield* (yield* Projects).get(project.id)).runCount, 3)
    })
  )

  it.effect("a run moves to another project with its ref", () =>
    Effect.gen(function* () {
      const { project, runs, search } = yield* openProject()
      const other = yield* openProject()
      const { run } = yield* runs.create(project, { slug: "m" }, asNobody)
      yield* search.search({ project: project.id })
      yield* runs.bulk({ op: "move", runs: [run.id], project: other.project.id })
      assert.strictEqual((yield* runs.get(`local:${other.project.slug}:m`)).id, run.id)
      assert.strictEqual((yield* search.search({ project: project.id })).total, 0)
      assert.strictEqual((yield* search.search({ project: other.project.id })).total, 1)
      const changes = yield* runs.changedSince(project.id, 0, "all")
      assert.deepStrictEqual(
        changes.runs.map((item) => item.project),
        [other.project.id]
      )
    })
  )

  it.effect("a fork shares its parent's points up to the step, and a rewind hides what lies beyond", () =>
    Effect.gen(function* () {
      const { project, runs } = yield* openProject()
      const { run } = yield* runs.create(project, { slug: "parent", config: { lr: 1 } }, asNobody)
      yield* logRows(
        run.id,
        [0, 1, 2, 3].map((step) => ({ step, values: { loss: step } }))
      )
      const fork = yield* runs.create(project, { fork: { run: "parent", step: 1 }, config: { seed: 1 } }, asNobody)
      yield* runs.touched(fork.run.id)
      const forked = yield* runs.get(fork.run.id)
      assert.deepStrictEqual(forked.parent, { run: run.id, segment: 0, step: 1 })
      assert.deepStrictEqual(forked.config, { lr: 1, seed: 1 })
      assert.deepStrictEqual(forked.summary, { loss: 1 })
      const rewound = yield* runs.rewind(run.id, 2)
      assert.strictEqual(rewound.segment, 1)
      assert.deepStrictEqual(rewound.summary, { loss: 2 })
    })
  )

  it.effect("every change is signalled and found by its sequence", () =>
    Effect.gen(function* () {
      const { project, runs } = yield* openProject()
      const events = yield* RunEvents
      const heard = yield* Effect.forkChild(
        Stream.runCollect(
          events.watch.pipe(
            Stream.filter((signal) => signal.project === project.id),
            Stream.take(4)
          )
        )
      )
      yield* Effect.yieldNow
      yield* Effect.yieldNow
      const { run } = yield* runs.create(project, {}, asNobody)
      const before = yield* runs.changedSince(project.id, 0, "all")
      yield* runs.addTags(run.id, ["x"])
      const after = yield* runs.changedSince(project.id, before.cursor, "all")
      assert.deepStrictEqual(
        after.runs.map(({ id, tags, rev }) => ({ id, tags, rev })),
        [{ id: run.id, tags: ["x"], rev: 2 }]
      )
      assert.deepStrictEqual((yield* runs.changedSince(project.id, after.cursor, "all")).runs, [])
      assert.deepStrictEqual((yield* runs.changedSince(project.id, 0, { projects: [] })).runs, [])
      const topics = (yield* Fiber.join(heard)).map(({ topic }) => topic)
      assert.deepStrictEqual([...topics].sort(), ["run", "run", "runs", "runs"])
    })
  )

  it.effect("runs of a deleted project are hidden until it is restored", () =>
    Effect.gen(function* () {
      const { project, runs } = yield* openProject()
      const projects = yield* Projects
      const { run } = yield* runs.create(project, {}, asNobody)
      yield* projects.delete(project.id)
      assert.strictEqual((yield* Effect.flip(runs.get(run.id)))._tag, "RunNotFound")
      yield* projects.restore(project.id)
      assert.strictEqual((yield* runs.get(run.id)).id, run.id)
    })
  )

  it.effect("many changers of one run lose none of their changes", () =>
    Effect.gen(function* () {
      const { project, runs } = yield* openProject()
      const { run } = yield* runs.create(project, {}, asNobody)
      const tags = Array.from({ length: 30 }, (_, i) => `t${i}`)
      yield* Effect.forEach(tags, (tag) => runs.addTags(run.id, [tag]), { concurrency: "unbounded" })
      assert.sameMembers([...(yield* runs.get(run.id)).tags], tags)
    })
  )
})
