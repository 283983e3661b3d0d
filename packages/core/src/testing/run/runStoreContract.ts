/** What every `RunStore` promises. */
import assert from "node:assert/strict"
import { Effect } from "effect"
import { ProjectStore } from "../../project/ProjectStore.ts"
import { RunStore } from "../../run/RunStore.ts"
import type { ContractCase } from "../ContractCase.ts"
import { freshProject, startTime } from "../project/freshProject.ts"
import { emptyDocuments, freshRun, newRunRow } from "./freshRun.ts"

const full = {
  name: "名前 🚀",
  tags: ["a", 'b"c'],
  group: "g",
  jobType: "train",
  user: "ada",
  host: "h",
  gitCommit: "abc",
  createdAt: startTime + 0.5,
  heartbeatAt: startTime,
  finishedAt: startTime + 1e6 + 0.125,
  pausedMs: 12.5,
  pausedAt: startTime + 3,
  exitCode: -1,
  stopRequested: true,
  segment: 3,
  figuresSequence: 2 ** 40,
  idempotencyKey: "key"
} as const

export const runStoreContract: ReadonlyArray<ContractCase<RunStore | ProjectStore>> = [
  {
    name: "gives back the run and the documents it was given",
    run: Effect.gen(function* () {
      const store = yield* RunStore
      const project = yield* freshProject()
      const parent = yield* freshRun(project)
      const row = yield* newRunRow(project, { ...full, parent: { run: parent.id, segment: 1, step: -0.5 } })
      const documents = {
        notes: "line\n🚀",
        config: { lr: 1e-3, nested: { __proto__x: [1, null, "é"] }, big: 2 ** 53 },
        userSummary: { "a.b": 1 },
        summary: { loss: "NaN", "a.b": 1 },
        figures: { loss: { last: "NaN", min: 0.1, max: 3, mean: 1.5 } },
        environment: { host: "h", packages: { numpy: "1" } }
      }
      const stored = yield* store.insert(row, documents)
      const { entity, projectSlug, projectDeleted, ordinal, sequence, ...rest } = stored
      assert.deepStrictEqual(rest, row)
      assert.deepStrictEqual(
        [entity, projectSlug, projectDeleted, ordinal, sequence],
        ["local", project.slug, false, 1, 2]
      )
      assert.deepStrictEqual(yield* store.get(row.id), stored)
      assert.deepStrictEqual(yield* store.getBySlug(project.id, row.slug), stored)
      assert.deepStrictEqual(yield* store.findByIdempotencyKey(project.id, "key"), stored)
      assert.deepStrictEqual((yield* store.documents([row.id])).get(row.id), documents)
      assert.deepStrictEqual(yield* store.document(row.id, "config"), documents.config)
      assert.equal(yield* store.document(row.id, "notes"), documents.notes)
      assert.equal(yield* store.document(parent.id, "environment"), null)
      assert.deepStrictEqual(yield* store.configVersions(row.id), [
        { version: 1, config: documents.config, createdAt: row.createdAt }
      ])
    })
  },
  {
    name: "does not know what was never inserted",
    run: Effect.gen(function* () {
      const store = yield* RunStore
      const project = yield* freshProject()
      const { id } = yield* newRunRow(project)
      assert.equal((yield* Effect.flip(store.get(id)))._tag, "RunNotFound")
      assert.equal((yield* Effect.flip(store.getBySlug(project.id, "nothing")))._tag, "RunNotFound")
      assert.equal((yield* Effect.flip(store.update(id, 1, { name: "x" })))._tag, "RunNotFound")
      assert.equal((yield* Effect.flip(store.beat(id, 1)))._tag, "RunNotFound")
      assert.equal(yield* store.findByIdempotencyKey(project.id, "key"), null)
      assert.deepStrictEqual(yield* store.getMany([id]), [])
      assert.equal((yield* store.documents([id])).size, 0)
      assert.equal(yield* store.document(id, "notes"), undefined)
      assert.deepStrictEqual(yield* store.configVersions(id), [])
    })
  },
  {
    name: "a slug is unique in its project, and a refused insert leaves nothing behind",
    run: Effect.gen(function* () {
      const store = yield* RunStore
      const project = yield* freshProject()
      const first = yield* freshRun(project)
      const again = yield* newRunRow(project, { slug: first.slug })
      assert.equal((yield* Effect.flip(store.insert(again, emptyDocuments)))._tag, "RunSlugTaken")
      assert.equal((yield* Effect.flip(store.get(again.id)))._tag, "RunNotFound")
      assert.equal((yield* (yield* ProjectStore).get(project.id)).runCount, 1)
      assert.equal(yield* store.sequence(project.id), 1)
      yield* freshRun(yield* freshProject(), { slug: first.slug })
    })
  },
  {
    name: "an idempotency key is unique in its project",
    run: Effect.gen(function* () {
      const store = yield* RunStore
      const project = yield* freshProject()
      yield* freshRun(project, { idempotencyKey: "k" })
      const again = yield* newRunRow(project, { idempotencyKey: "k" })
      assert.equal((yield* Effect.flip(store.insert(again, emptyDocuments)))._tag, "RunSlugTaken")
    })
  },
  {
    name: "an update changes what it names, takes the next rev and sequence, and refuses a stale rev",
    run: Effect.gen(function* () {
      const store = yield* RunStore
      const project = yield* freshProject()
      const run = yield* freshRun(project, full, { notes: "n", config: { a: 1 } })
      const changed = yield* store.update(run.id, 1, {
        state: "finished",
        finishedAt: startTime + 5,
        pausedAt: null,
        group: null,
        updatedAt: startTime + 9,
        config: { a: 2 },
        configVersion: 2,
        newConfigVersion: { version: 2, config: { a: 2 }, createdAt: startTime + 9 }
      })
      assert.deepStrictEqual(changed, {
        ...run,
        state: "finished",
        finishedAt: startTime + 5,
        pausedAt: null,
        group: null,
        updatedAt: startTime + 9,
        configVersion: 2,
        rev: 2,
        sequence: 2
      })
      assert.equal((yield* Effect.flip(store.update(run.id, 1, { name: "late" })))._tag, "RunChanged")
      const documents = (yield* store.documents([run.id])).get(run.id)
      assert.deepStrictEqual([documents?.notes, documents?.config], ["n", { a: 2 }])
      assert.deepStrictEqual(
        (yield* store.configVersions(run.id)).map(({ version, config }) => [version, config]),
        [
          [1, { a: 1 }],
          [2, { a: 2 }]
        ]
      )
      assert.equal((yield* (yield* ProjectStore).get(project.id)).lastActivityAt, startTime + 9)
    })
  },
  {
    name: "a heartbeat moves only times, never back, and is no change",
    run: Effect.gen(function* () {
      const store = yield* RunStore
      const project = yield* freshProject()
      const run = yield* freshRun(project)
      yield* store.beat(run.id, startTime + 10)
      const beaten = yield* store.beat(run.id, startTime + 5)
      assert.deepStrictEqual(beaten, { ...run, heartbeatAt: startTime + 10, aliveAt: startTime + 10 })
      assert.equal(yield* store.sequence(project.id), run.sequence)
    })
  },
  {
    name: "counts the runs of a project that are not deleted",
    run: Effect.gen(function* () {
      const store = yield* RunStore
      const projects = yield* ProjectStore
      const project = yield* freshProject()
      const run = yield* freshRun(project)
      yield* freshRun(project)
      assert.equal((yield* projects.get(project.id)).runCount, 2)
      yield* store.update(run.id, 1, { deletedAt: startTime })
      assert.equal((yield* projects.get(project.id)).runCount, 1)
      yield* store.update(run.id, 2, { deletedAt: null })
      assert.equal((yield* projects.get(project.id)).runCount, 2)
    })
  },
  {
    name: "tells changes after a sequence, each run once, oldest first, in parts",
    run: Effect.gen(function* () {
      const store = yield* RunStore
      const project = yield* freshProject()
      const [a, b, c] = yield* Effect.all([freshRun(project), freshRun(project), freshRun(project)])
      yield* store.update(a.id, 1, { name: "again" })
      const first = yield* store.changedSince(project.id, 0, 2)
      assert.deepStrictEqual(
        first.rows.map(({ id }) => id),
        [b.id, c.id]
      )
      assert.deepStrictEqual([first.sequence, first.more], [3, true])
      const second = yield* store.changedSince(project.id, first.sequence, 2)
      assert.deepStrictEqual(
        second.rows.map(({ name }) => name),
        ["again"]
      )
      assert.deepStrictEqual([second.sequence, second.more], [4, false])
      assert.deepStrictEqual(yield* store.changedSince(project.id, 4), {
        rows: [],
        departed: [],
        sequence: 4,
        more: false
      })
    })
  },
  {
    name: "a moved run leaves its place, takes a new one, and keeps its slug unique there",
    run: Effect.gen(function* () {
      const store = yield* RunStore
      const projects = yield* ProjectStore
      const [from, to] = yield* Effect.all([freshProject(), freshProject()])
      yield* freshRun(to)
      const run = yield* freshRun(from, { idempotencyKey: "k" })
      assert.equal((yield* Effect.flip(store.move(run.id, 9, to.id, startTime)))._tag, "RunChanged")
      const moved = yield* store.move(run.id, 1, to.id, startTime + 1)
      assert.deepStrictEqual(
        [moved.project, moved.projectSlug, moved.ordinal, moved.sequence, moved.rev, moved.idempotencyKey],
        [to.id, to.slug, 1, 2, 2, null]
      )
      const left = yield* store.changedSince(from.id, 1)
      assert.deepStrictEqual(left, {
        rows: [],
        departed: [{ run: run.id, ordinal: run.ordinal, sequence: 2 }],
        sequence: 2,
        more: false
      })
      assert.equal((yield* freshRun(from)).ordinal, 1)
      assert.deepStrictEqual([(yield* projects.get(from.id)).runCount, (yield* projects.get(to.id)).runCount], [1, 2])
      const clash = yield* freshRun(from, { slug: moved.slug })
      assert.equal((yield* Effect.flip(store.move(clash.id, 1, to.id, startTime)))._tag, "RunSlugTaken")
      assert.equal((yield* store.get(clash.id)).project, from.id)
    })
  },
  {
    name: "finds running runs that fell silent, and runs that may still get points",
    run: Effect.gen(function* () {
      const store = yield* RunStore
      const project = yield* freshProject()
      const beating = yield* freshRun(project, { heartbeatAt: 1, aliveAt: 50 })
      yield* freshRun(project, { heartbeatAt: 1, aliveAt: 500 })
      yield* freshRun(project, { heartbeatAt: null, aliveAt: 50 })
      yield* freshRun(project, { heartbeatAt: 1, aliveAt: 50, state: "finished", finishedAt: 60 })
      const paused = yield* freshRun(project, { state: "paused", heartbeatAt: 1, aliveAt: 50 })
      const silent = (yield* store.silent(100)).filter((run) => run.project === project.id)
      assert.deepStrictEqual(
        silent.map(({ id }) => id),
        [beating.id]
      )
      assert.equal((yield* store.active(project.id, 100)).length, 4)
      assert.equal((yield* store.active(project.id, 59)).length, 5)
      assert.ok((yield* store.active(project.id, 100)).some(({ id }) => id === paused.id))
    })
  },
  {
    name: "many writers of one project get ordinals and sequences without gaps or repeats",
    run: Effect.gen(function* () {
      const store = yield* RunStore
      const project = yield* freshProject()
      const runs = yield* Effect.forEach(Array.from({ length: 24 }), () => freshRun(project), { concurrency: 8 })
      assert.deepStrictEqual(
        runs.map(({ ordinal }) => ordinal).sort((a, b) => a - b),
        runs.map((_, index) => index)
      )
      assert.equal(yield* store.sequence(project.id), 24)
    })
  },
  {
    name: "tells whether the project is deleted",
    run: Effect.gen(function* () {
      const project = yield* freshProject()
      const run = yield* freshRun(project)
      yield* (yield* ProjectStore).update({ ...project, deletedAt: startTime })
      assert.equal((yield* (yield* RunStore).get(run.id)).projectDeleted, true)
    })
  },
  {
    name: "reads more runs at once than a statement may bind",
    run: Effect.gen(function* () {
      const store = yield* RunStore
      const project = yield* freshProject()
      const run = yield* freshRun(project)
      const absent = yield* Effect.forEach(Array.from({ length: 1_200 }), () => newRunRow(project))
      const found = yield* store.getMany([...absent.map(({ id }) => id), run.id])
      assert.deepStrictEqual(found, [run])
      const places = Array.from({ length: 1_200 }, (_, place) => place)
      assert.deepStrictEqual(yield* store.getByOrdinals(project.id, places), [run])
    })
  }
]
