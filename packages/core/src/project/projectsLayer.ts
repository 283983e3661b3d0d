/** `Projects` over its store: slugs from names, redirects, soft deletion. */
import { Clock, Effect, Layer } from "effect"
import { isIdentifier, newIdentifier, reservedSlugs, slugify } from "../store/Identifier.ts"
import { invalidInput } from "../store/InvalidInput.ts"
import { checkWellFormed } from "../store/wellFormed.ts"
import { type Project, type ProjectCreate, ProjectId, type ProjectPatch, type ProjectSlugTaken } from "./Project.ts"
import { ProjectStore } from "./ProjectStore.ts"
import { defaultEntity, Projects } from "./Projects.ts"

const slugForm = /^[A-Za-z0-9][A-Za-z0-9._-]{0,127}$/
const slugRule = "must be 1 to 128 letters, digits, dots, underscores or hyphens, starting with a letter or digit"

const checkSlug = (path: string, slug: string) =>
  slugForm.test(slug) ? Effect.void : Effect.fail(invalidInput(path, slugRule, JSON.stringify(slug.slice(0, 140))))

const checkEntity = (entity: string) =>
  reservedSlugs.has(entity.toLowerCase())
    ? Effect.fail(invalidInput("entity", "must not be a path that the server owns", JSON.stringify(entity)))
    : checkSlug("entity", entity)

const checkTexts = (input: ProjectCreate | ProjectPatch) => {
  const fault = checkWellFormed("", input)
  return fault === null ? Effect.void : Effect.fail(fault)
}

/** An id, `entity:slug`, or a bare slug of the default entity. */
export const parseProjectRef = (
  ref: string
): { readonly id: ProjectId } | { readonly entity: string; readonly slug: string } => {
  if (isIdentifier(ref)) return { id: ProjectId.make(ref) }
  const colon = ref.indexOf(":")
  return colon < 0 ? { entity: defaultEntity, slug: ref } : { entity: ref.slice(0, colon), slug: ref.slice(colon + 1) }
}

export const projectsLayer = Layer.effect(
  Projects,
  Effect.gen(function* () {
    const store = yield* ProjectStore

    const find = Effect.fnUntraced(function* (ref: string) {
      const parsed = parseProjectRef(ref)
      return yield* "id" in parsed ? store.get(parsed.id) : store.getBySlug(parsed.entity, parsed.slug)
    })

    const create = Effect.fn("Projects.create")(function* (input: ProjectCreate) {
      const entity = input.entity ?? defaultEntity
      const slug = input.slug ?? slugify(input.name, "project")
      yield* checkEntity(entity)
      yield* checkSlug("slug", slug)
      yield* checkTexts(input)
      const now = yield* Clock.currentTimeMillis
      const project: Project = {
        id: ProjectId.make(yield* newIdentifier),
        entity,
        slug,
        name: input.name,
        description: input.description ?? "",
        visibility: input.visibility ?? "private",
        tags: [...new Set(input.tags)],
        runCount: 0,
        lastActivityAt: now,
        createdAt: now,
        updatedAt: now,
        deletedAt: null
      }
      yield* store.insert(project)
      return project
    })

    const ensure = Effect.fn("Projects.ensure")(function* (entity: string, slug: string) {
      const present = Effect.catchTag(store.getBySlug(entity, slug), "ProjectNotFound", () => Effect.succeed(null))
      const found = yield* present
      if (found !== null)
        return found.deletedAt === null
          ? found
          : yield* Effect.catchTag(restore(found.id), "ProjectNotFound", Effect.die)
      return yield* create({ entity, slug, name: slug }).pipe(
        // Another client was first: its project is the one.
        Effect.catchTag("ProjectSlugTaken", () =>
          Effect.catchTag(store.getBySlug(entity, slug), "ProjectNotFound", Effect.die)
        )
      )
    })

    const get = Effect.fn("Projects.get")(function* (ref: string) {
      return yield* find(ref)
    })

    const change = Effect.fnUntraced(function* (ref: string, patch: (project: Project, now: number) => Project) {
      const project = yield* find(ref)
      const now = yield* Clock.currentTimeMillis
      const changed = patch(project, now)
      yield* store.update(changed)
      return changed
    })

    const update = Effect.fn("Projects.update")(function* (ref: string, patch: ProjectPatch) {
      if (patch.slug !== undefined) yield* checkSlug("slug", patch.slug)
      yield* checkTexts(patch)
      return yield* change(ref, (project, now) => ({
        ...project,
        ...patch,
        ...(patch.tags === undefined ? {} : { tags: [...new Set(patch.tags)] }),
        updatedAt: now
      }))
    })

    const setDeleted = (ref: string, deleted: boolean) =>
      change(ref, (project, now) =>
        (project.deletedAt !== null) === deleted
          ? project
          : { ...project, deletedAt: deleted ? now : null, updatedAt: now }
      ).pipe(
        // The slug stays the project's own, so nobody can have taken it.
        Effect.catchTag("ProjectSlugTaken", (taken: ProjectSlugTaken) => Effect.die(taken))
      )

    const remove = Effect.fn("Projects.delete")(function* (ref: string) {
      yield* setDeleted(ref, true)
    })
    const restore = Effect.fn("Projects.restore")(function* (ref: string) {
      return yield* setDeleted(ref, false)
    })

    return Projects.of({ create, ensure, get, list: store.list, update, delete: remove, restore })
  })
)
