import { assert, layer } from "@effect/vitest"
import { Projects, projectsLayer } from "@wanllmdb/core"
import { memoryMetadata } from "@wanllmdb/core/testing"
import { Effect, Layer } from "effect"

layer(projectsLayer.pipe(Layer.provide(memoryMetadata)))("projects", (it) => {
  it.effect("a slug is made from the name and the project is found by id, by slug and by entity", () =>
    Effect.gen(function* () {
      const projects = yield* Projects
      const project = yield* projects.create({ name: "Größe & Maß!", tags: ["a", "a"] })
      assert.strictEqual(project.slug, "gro-e-ma")
      assert.deepStrictEqual(project.tags, ["a"])
      for (const ref of [project.id, "GRO-E-MA", "local:gro-e-ma"]) {
        assert.strictEqual((yield* projects.get(ref)).id, project.id)
      }
    })
  )

  it.effect("a name that leaves no slug still gets one, and a taken slug is refused", () =>
    Effect.gen(function* () {
      const projects = yield* Projects
      assert.strictEqual((yield* projects.create({ name: "日本" })).slug, "project")
      assert.strictEqual((yield* Effect.flip(projects.create({ name: "本" })))._tag, "ProjectSlugTaken")
    })
  )

  it.effect("clients that only name a project get it made, once, also when many ask at the same time", () =>
    Effect.gen(function* () {
      const projects = yield* Projects
      const asked = Array.from({ length: 8 }, () => projects.ensure("team", "Vision"))
      const made = yield* Effect.all(asked, { concurrency: "unbounded" })
      assert.strictEqual(new Set(made.map(({ id }) => id)).size, 1)
      yield* projects.delete("team:vision")
      assert.isNull((yield* projects.ensure("team", "vision")).deletedAt)
    })
  )

  it.effect("a rename leaves a redirect", () =>
    Effect.gen(function* () {
      const projects = yield* Projects
      const project = yield* projects.create({ name: "before" })
      yield* projects.update(project.id, { slug: "after", description: "d" })
      const renamed = yield* projects.get("before")
      assert.deepStrictEqual([renamed.id, renamed.slug, renamed.description], [project.id, "after", "d"])
    })
  )

  it.effect("entities may not take the server's own paths, and slugs keep to their form", () =>
    Effect.gen(function* () {
      const projects = yield* Projects
      const fault = (input: Parameters<typeof projects.create>[0]) =>
        Effect.map(Effect.flip(projects.create(input)), ({ message }) => message)
      assert.match(yield* fault({ entity: "API", name: "x" }), /entity: must not be a path/)
      assert.match(yield* fault({ name: "x", slug: "-x" }), /slug: must be 1 to 128/)
      assert.match(yield* fault({ name: "x", entity: "a b" }), /entity: must be 1 to 128/)
    })
  )

  it.effect("deleting and restoring twice is the same as once", () =>
    Effect.gen(function* () {
      const projects = yield* Projects
      const { id } = yield* projects.create({ name: "twice" })
      yield* projects.delete(id)
      const { deletedAt } = yield* projects.get(id)
      yield* projects.delete(id)
      assert.strictEqual((yield* projects.get(id)).deletedAt, deletedAt)
      yield* projects.restore(id)
      assert.isNull((yield* projects.restore(id)).deletedAt)
    })
  )
})
