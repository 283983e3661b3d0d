import { assert, layer } from "@effect/vitest"
import {
  InvalidInput,
  type Run,
  RunEvents,
  type RunFilter,
  RunSearch,
  type RunSearchPage,
  type RunSearchQuery,
  Runs,
  trackingLayer
} from "@wanllmdb/core"
import { memoryStores } from "@wanllmdb/core/testing"
import { Context, Effect, Layer } from "effect"
import { TestClock } from "effect/testing"
import fc from "fast-check"
import { anyField, arbitraryFilter, fuzzRuns, textField } from "./arbitraryFilter.ts"
import { asNobody, logRows, openProject } from "./engine.ts"
import { matchesNaively, type Subject, sortNaively } from "./naiveSearch.ts"

const stores = Layer.merge(memoryStores, RunEvents.layer)

const allPages = Effect.fnUntraced(function* (search: RunSearch["Service"], query: RunSearchQuery) {
  const items: Array<RunSearchPage["items"][number]> = []
  let cursor: string | undefined
  while (true) {
    const page: RunSearchPage = yield* search.search({ ...query, cursor })
    items.push(...page.items)
    assert.isAtMost(items.length, page.total, "pages must come to an end")
    if (page.next === null) return { items, total: page.total }
    cursor = page.next
  }
})

const nameText = fc.constantFrom("a", "b", "Amber kite", "x y", "1", "true", "NaN", "it's", "/p/", "ü🚀", "")
const value = fc.oneof(
  fc.constantFrom(0, 1, -1, 0.5, 1e-9, 2, 3),
  fc.constantFrom("a", "b", "Amber", "NaN", "1", "true"),
  fc.boolean()
)
const document = fc.dictionary(fc.constantFrom("loss", "val/acc", "a b", "odd`name", "m:n"), value, { maxKeys: 3 })
const points = fc.dictionary(
  fc.constantFrom("loss", "val/acc", "a b"),
  fc.array(fc.constantFrom(1, -1, 0.5, Number.NaN, 7), { minLength: 1, maxLength: 3 }),
  { maxKeys: 2 }
)

const madeRun = fc.record({
  name: nameText,
  group: fc.option(nameText),
  jobType: fc.option(nameText),
  notes: nameText,
  tags: fc.uniqueArray(fc.constantFrom("a", "b", "Amber", "x y", '"'), { maxLength: 3 }),
  config: document,
  summary: document,
  points,
  ends: fc.option(fc.constantFrom("finished" as const, "failed" as const)),
  deleted: fc.boolean(),
  waitMs: fc.constantFrom(0, 0, 500, 5_000, 61_000)
})

const sortKey = fc.record({
  field: fc.oneof(anyField, textField, fc.constantFrom("created", "updated", "duration")),
  descending: fc.boolean()
})
const query = fc.record({
  filter: arbitraryFilter,
  sort: fc.array(sortKey, { minLength: 1, maxLength: 3 }),
  limit: fc.integer({ min: 1, max: 7 }),
  deleted: fc.boolean()
})

const sortText = (keys: ReadonlyArray<{ readonly field: string; readonly descending: boolean }>) =>
  keys.map(({ field, descending }) => `${descending ? "-" : ""}\`${field.replaceAll("`", "``")}\``).join(",")

const figuresOf = (logged: Readonly<Record<string, ReadonlyArray<number>>>): Subject["figures"] =>
  Object.fromEntries(
    Object.entries(logged).map(([key, values]) => {
      const finite = values.filter(Number.isFinite)
      const mean = finite.reduce((sum, one) => sum + one, 0) / finite.length
      const figure = { min: Math.min(...finite), max: Math.max(...finite), mean, last: values.at(-1)! }
      return [key, finite.length === 0 ? { ...figure, min: Number.NaN, max: Number.NaN } : figure]
    })
  )

/** Changes after the first search, so that the overlay, the marks and the stored pages all have their say. */
const change = fc.record({
  at: fc.nat(20),
  what: fc.constantFrom("tags" as const, "summary" as const, "config" as const, "points" as const, "group" as const),
  settle: fc.boolean()
})

layer(stores)("run search", (it) => {
  it.effect("equals a naive search, over random runs, filters, sorts, pages, changes and processes", () =>
    Effect.gen(function* () {
      const context = yield* Effect.context<Layer.Success<typeof stores>>()
      const process = Layer.build(Layer.fresh(trackingLayer).pipe(Layer.provide(Layer.succeedContext(context))))

      const check = Effect.fnUntraced(function* (
        made: ReadonlyArray<typeof madeRun extends fc.Arbitrary<infer A> ? A : never>,
        queries: ReadonlyArray<typeof query extends fc.Arbitrary<infer A> ? A : never>,
        changes: ReadonlyArray<typeof change extends fc.Arbitrary<infer A> ? A : never>
      ) {
        const [first, second] = yield* Effect.all([process, process])
        const { project, runs } = yield* openProject().pipe(Effect.provideContext(first))
        const figures = new Map<string, Subject["figures"]>()
        const ids: Array<Run["id"]> = []
        for (const { config, summary, points: logged, ends, deleted, waitMs, ...input } of made) {
          const { run } = yield* runs.create(project, { ...input, config }, asNobody)
          ids.push(run.id)
          if (waitMs > 0) yield* TestClock.adjust(waitMs)
          for (const [key, values] of Object.entries(logged)) {
            const rows = values.map((one, step) => ({ step, values: { [key]: one } }))
            yield* logRows(run.id, rows).pipe(Effect.provideContext(Context.merge(context, first)))
          }
          figures.set(run.id, figuresOf(logged))
          if (Object.keys(summary).length > 0) yield* runs.update(run.id, { summary })
          if (ends !== null) yield* runs.finish(run.id, { state: ends })
          if (deleted) yield* runs.delete(run.id)
        }
        const compare = Effect.fnUntraced(function* (engine: typeof first) {
          const search = Context.get(engine, RunSearch)
          const reader = Context.get(engine, Runs)
          const subjects: Array<Subject> = []
          for (const [order, id] of ids.entries()) {
            subjects.push({ run: yield* reader.get(id), figures: figures.get(id)!, order })
          }
          for (const { filter, sort, limit, deleted } of queries) {
            const found = yield* allPages(search, {
              project: project.id,
              filter: filter as RunFilter,
              sort: sortText(sort),
              limit,
              deleted
            })
            const present = subjects.filter(({ run }) => (run.deletedAt !== null) === deleted)
            const expected = sortNaively(
              present.filter((subject) => matchesNaively(subject, filter)),
              sort
            )
            assert.deepStrictEqual(
              found.items.map(({ id }) => id),
              expected.map(({ run }) => run.id),
              JSON.stringify({ filter, sort })
            )
            assert.strictEqual(found.total, expected.length)
          }
        })
        yield* compare(first)
        for (const { at, what, settle } of changes) {
          const id = ids[at % Math.max(1, ids.length)]
          if (id === undefined) continue
          if (what === "tags") yield* runs.update(id, { tags: ["b"] })
          if (what === "group") yield* runs.update(id, { group: null })
          if (what === "summary") yield* runs.update(id, { summary: { "val/acc": null, loss: "b" } })
          if (what === "config") yield* runs.setConfig(id, { loss: 3, "a b": "Amber" })
          if (what === "points") {
            yield* logRows(id, [{ step: 9, values: { "a b": 2 } }]).pipe(
              Effect.provideContext(Context.merge(context, first))
            )
            const { "a b": old } = figures.get(id)!
            const logged = made[ids.indexOf(id)]!.points["a b"] ?? []
            const extra = old === undefined ? [2] : [...logged, 2]
            figures.set(id, { ...figures.get(id), ...figuresOf({ "a b": extra }) })
            made[ids.indexOf(id)]!.points["a b"] = extra
          }
          if (settle) yield* TestClock.adjust("50 seconds")
        }
        yield* compare(first)
        // What one process has not written yet, another sees two seconds later.
        yield* TestClock.adjust("2 seconds")
        yield* compare(second)
        yield* TestClock.adjust("50 seconds")
        yield* compare(yield* process)
      })

      const samples = fc.sample(
        fc.tuple(
          fc.array(madeRun, { maxLength: 14 }),
          fc.array(query, { minLength: 1, maxLength: 6 }),
          fc.array(change, { maxLength: 6 })
        ),
        { numRuns: fuzzRuns(60) }
      )
      for (const [made, queries, changes] of samples) yield* Effect.scoped(check(made, queries, changes))
    })
  )
})

layer(trackingLayer.pipe(Layer.provideMerge(stores)))("run search", (it) => {
  it.effect("gives columns, totals and a cursor for what changes next", () =>
    Effect.gen(function* () {
      const { project, runs, search } = yield* openProject()
      const { run } = yield* runs.create(project, { config: { lr: 0.1 }, tags: ["a", "b"] }, asNobody)
      yield* logRows(run.id, [
        { step: 1, values: { loss: 2 } },
        { step: 2, values: { loss: Number.NaN } }
      ])
      const columns = ["config.lr", "loss", "min(loss)", "tag", "created", "missing"]
      const page = yield* search.search({ project: project.id, columns })
      assert.deepStrictEqual(page.items[0]?.columns, [
        0.1,
        "NaN",
        2,
        "a, b",
        new Date(run.createdAt).toISOString(),
        null
      ])
      assert.strictEqual(page.total, 1)
      yield* runs.addTags(run.id, ["c"])
      const changed = yield* runs.changedSince(project.id, page.cursor, "all")
      assert.strictEqual(changed.runs.length, 1)
    })
  )

  it.effect("names the fields of a project by prefix", () =>
    Effect.gen(function* () {
      const { project, runs, search } = yield* openProject()
      const { run } = yield* runs.create(project, { config: { lr: 0.1, model: { depth: 3 } } }, asNobody)
      yield* logRows(run.id, [{ step: 1, values: { loss: 2 } }])
      assert.deepStrictEqual(yield* search.fields(project.id, "config."), ["config.lr", "config.model.depth"])
      const all = yield* search.fields(project.id)
      assert.includeMembers([...all], ["state", "tag", "summary.loss", "min(loss)", "max(loss)", "mean(loss)"])
    })
  )

  it.effect("refuses what it cannot read, by name", () =>
    Effect.gen(function* () {
      const { project, search } = yield* openProject()
      const fault = (query: Partial<RunSearchQuery>) =>
        Effect.map(Effect.flip(search.search({ project: project.id, ...query })), (error) => {
          assert.isTrue(error instanceof InvalidInput)
          return error instanceof InvalidInput ? error.faults[0]!.path : ""
        })
      assert.strictEqual(yield* fault({ filter: "a:" }), "filter")
      assert.strictEqual(yield* fault({ sort: "`a" }), "sort")
      assert.strictEqual(yield* fault({ sort: "a,,b" }), "sort[1]")
      assert.strictEqual(yield* fault({ limit: 0 }), "limit")
      assert.strictEqual(yield* fault({ limit: 1_001 }), "limit")
      assert.strictEqual(yield* fault({ cursor: "nonsense" }), "cursor")
      assert.strictEqual(yield* fault({ columns: [""] }), "columns[0]")
    })
  )

  it.effect("refuses the cursor of another query", () =>
    Effect.gen(function* () {
      const { project, runs, search } = yield* openProject()
      yield* runs.create(project, {}, asNobody)
      yield* runs.create(project, {}, asNobody)
      const { next } = yield* search.search({ project: project.id, limit: 1 })
      const error = yield* Effect.flip(search.search({ project: project.id, sort: "name", cursor: next ?? "" }))
      assert.match(error.message, /cursor/)
    })
  )

  it.effect("a run with ten thousand metrics and a large config is found", () =>
    Effect.gen(function* () {
      const { project, runs, search } = yield* openProject()
      const config = Object.fromEntries(Array.from({ length: 5_000 }, (_, i) => [`k${i}`, "x".repeat(100)]))
      const { run } = yield* runs.create(project, { config }, asNobody)
      const values = Object.fromEntries(Array.from({ length: 10_000 }, (_, i) => [`metric/${i}`, i]))
      yield* logRows(run.id, [{ step: 1, values }])
      const page = yield* search.search({ project: project.id, filter: "metric/9000=9000 config.k4999~xxx" })
      assert.strictEqual(page.total, 1)
      yield* TestClock.adjust("1 minute")
      assert.strictEqual((yield* search.search({ project: project.id, filter: "metric/1=1" })).total, 1)
    })
  )

  it.effect("every own field can be a column, and tells what the list item tells", () =>
    Effect.gen(function* () {
      const { project, runs, search } = yield* openProject()
      const environment = { host: "node1", user: "ada", git: { commit: "abc" } }
      const input = { slug: "s", name: "n", group: "g", jobType: "j", notes: "why", tags: ["a", "b"], environment }
      const { run } = yield* runs.create(project, input, asNobody)
      yield* TestClock.adjust("90 seconds")
      yield* runs.finish(run.id, { state: "killed" })
      const columns = ["id", "slug", "name", "group", "job", "notes", "tag", "host", "user", "git.commit", "state"]
      const page = yield* search.search({ project: project.id, columns: [...columns, "duration", "updated"] })
      const updated = new Date(page.items[0]?.updatedAt ?? 0).toISOString()
      const own = [run.id, "s", "n", "g", "j", "why", "a, b", "node1", "ada", "abc", "killed", 90, updated]
      assert.deepStrictEqual(page.items[0]?.columns, own)
      const filter = "duration>1m git.commit:abc notes~WHY tag~/^b$/ host:node1"
      assert.strictEqual((yield* search.search({ project: project.id, filter })).total, 1)
    })
  )

  it.effect("points whose process died before it wrote the summary are found by the next one", () =>
    Effect.gen(function* () {
      const { project, runs } = yield* openProject()
      const { run } = yield* runs.create(project, {}, asNobody)
      const context = yield* Effect.context<Layer.Success<typeof stores>>()
      // Appended behind the back of every engine, as a process that is killed right after does.
      const silent = Context.add(context, Runs, { ...runs, touched: () => Effect.void })
      yield* logRows(run.id, [{ step: 1, values: { loss: 4 } }]).pipe(Effect.provideContext(silent))
      const services = Layer.succeedContext(context)
      const next = yield* Layer.build(Layer.fresh(trackingLayer).pipe(Layer.provide(services)))
      const page = yield* Context.get(next, RunSearch).search({ project: project.id, filter: "loss=4" })
      assert.strictEqual(page.total, 1)
      yield* TestClock.adjust("3 seconds")
      assert.deepStrictEqual((yield* runs.get(run.id)).summary, { loss: 4 })
    })
  )
})
