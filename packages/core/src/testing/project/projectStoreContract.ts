/** What every `ProjectStore` promises. */
import assert from "node:assert/strict"
import { Effect } from "effect"
import { ProjectStore } from "../../project/ProjectStore.ts"
import type { ContractCase } from "../ContractCase.ts"
import { freshProject, newProject, startTime } from "./freshProject.ts"

const unique = Effect.map(newProject(), ({ id }) => `e${id}`)

export const projectStoreContract: ReadonlyArray<ContractCase<ProjectStore>> = [
  {
    name: "gives back the project it was given, by id and by slug in any case",
    run: Effect.gen(function* () {
      const store = yield* ProjectStore
      const base = yield* newProject()
      const project = {
        ...base,
        slug: `Mixed.${base.id}`,
        name: "Ünï 🚀",
        description: "a\nb",
        visibility: "public" as const,
        tags: ["x", 'y"'],
        createdAt: startTime + 0.25
      }
      yield* store.insert(project)
      assert.deepStrictEqual(yield* store.get(project.id), project)
      assert.deepStrictEqual(yield* store.getBySlug("local", project.slug.toUpperCase()), project)
    })
  },
  {
    name: "does not know what was never inserted",
    run: Effect.gen(function* () {
      const store = yield* ProjectStore
      const { id } = yield* newProject()
      assert.equal((yield* Effect.flip(store.get(id)))._tag, "ProjectNotFound")
      assert.equal((yield* Effect.flip(store.getBySlug("local", id)))._tag, "ProjectNotFound")
      assert.equal((yield* Effect.flip(store.update(yield* newProject())))._tag, "ProjectNotFound")
    })
  },
  {
    name: "a slug is taken without regard to case, deleted projects included, and free in another entity",
    run: Effect.gen(function* () {
      const store = yield* ProjectStore
      const first = yield* freshProject()
      yield* store.update({ ...first, deletedAt: startTime })
      const again = yield* newProject({ slug: first.slug.toUpperCase() })
      assert.equal((yield* Effect.flip(store.insert(again)))._tag, "ProjectSlugTaken")
      yield* store.insert({ ...again, entity: "elsewhere" })
      const other = yield* freshProject()
      assert.equal((yield* Effect.flip(store.update({ ...other, slug: first.slug })))._tag, "ProjectSlugTaken")
      assert.deepStrictEqual(yield* store.get(other.id), other)
    })
  },
  {
    name: "a renamed project answers to its old slug until another takes it",
    run: Effect.gen(function* () {
      const store = yield* ProjectStore
      const project = yield* freshProject()
      const renamed = { ...project, slug: `new-${project.id}` }
      yield* store.update(renamed)
      assert.deepStrictEqual(yield* store.getBySlug("local", project.slug), renamed)
      const successor = yield* freshProject({ slug: project.slug })
      assert.equal((yield* store.getBySlug("local", project.slug)).id, successor.id)
    })
  },
  {
    name: "lists what the scope allows, sorted, page by page",
    run: Effect.gen(function* () {
      const store = yield* ProjectStore
      const entity = yield* unique
      const made = yield* Effect.forEach([3, 1, 2], (order) =>
        freshProject({ entity, name: `n${order}`, lastActivityAt: startTime + order, createdAt: startTime - order })
      )
      const names = Effect.fnUntraced(function* (query: Partial<Parameters<typeof store.list>[0]>) {
        const page = yield* store.list({ scope: { entities: [entity] }, ...query })
        return page.items.map(({ name }) => name).join()
      })
      assert.equal(yield* names({}), "n3,n2,n1")
      assert.equal(yield* names({ sort: "name" }), "n1,n2,n3")
      assert.equal(yield* names({ sort: "name", descending: true }), "n3,n2,n1")
      assert.equal(yield* names({ sort: "created" }), "n1,n2,n3")
      assert.equal(yield* names({ scope: { projects: [made[1]!.id] }, entity }), "n1")
      assert.equal(yield* names({ scope: {} }), "")
      assert.equal(yield* names({ scope: "all", entity }), "n3,n2,n1")
      const first = yield* store.list({ scope: "all", entity, limit: 2 })
      assert.notEqual(first.next, null)
      const second = yield* store.list({ scope: "all", entity, limit: 2, after: first.next ?? "" })
      assert.deepStrictEqual(
        [...first.items, ...second.items].map(({ name }) => name),
        ["n3", "n2", "n1"]
      )
      assert.equal(second.next, null)
    })
  },
  {
    name: "searches name, slug, description and tags without regard to case, wildcards taken literally",
    run: Effect.gen(function* () {
      const store = yield* ProjectStore
      const entity = yield* unique
      yield* freshProject({ entity, name: "Alpha" })
      yield* freshProject({ entity, name: "b", description: "100% ALPHA" })
      yield* freshProject({ entity, name: "c", tags: ["alphabet"] })
      yield* freshProject({ entity, name: "d" })
      const count = (search: string) =>
        Effect.map(store.list({ scope: "all", entity, search }), ({ items }) => items.length)
      assert.equal(yield* count("alpha"), 3)
      assert.equal(yield* count("0% a"), 1)
      assert.equal(yield* count("%"), 1)
      assert.equal(yield* count("_"), 0)
    })
  },
  {
    name: "lists deleted projects apart",
    run: Effect.gen(function* () {
      const store = yield* ProjectStore
      const entity = yield* unique
      const project = yield* freshProject({ entity })
      yield* freshProject({ entity })
      yield* store.update({ ...project, deletedAt: startTime })
      assert.equal((yield* store.list({ scope: "all", entity })).items.length, 1)
      const deleted = yield* store.list({ scope: "all", entity, deleted: true })
      assert.deepStrictEqual(
        deleted.items.map(({ id }) => id),
        [project.id]
      )
    })
  }
]
