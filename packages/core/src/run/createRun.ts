/** Making a run: names, continuing by slug or idempotency key, forks. */
import { Clock, Effect } from "effect"
import type { Principal } from "../identity/Principal.ts"
import { MetricStore } from "../metric/MetricStore.ts"
import type { Project } from "../project/Project.ts"
import { isIdentifier, newIdentifier } from "../store/Identifier.ts"
import { invalidInput } from "../store/InvalidInput.ts"
import { checkWellFormed } from "../store/wellFormed.ts"
import { checkDocument } from "./config/checkDocument.ts"
import { mergeConfig } from "./config/mergeConfig.ts"
import { type RunCreate, RunId, RunNotFound, RunSlugTaken } from "./Run.ts"
import { type RunDocuments, type RunRow, RunStore, type StoredRun } from "./RunStore.ts"
import type { CreateOptions } from "./Runs.ts"
import { readableName } from "./readableName.ts"

const attempts = 20
/** Tags of one run. */
export const maxTags = 1_000
const slugForm = /^[A-Za-z0-9][A-Za-z0-9._-]{0,127}$/
const maxStep = 2 ** 53

export const checkStep = (path: string, step: number) =>
  Number.isFinite(step) && Math.abs(step) <= maxStep
    ? Effect.void
    : Effect.fail(invalidInput(path, "must be a finite number of at most 2^53", String(step)))

/** A key is its user's own: another user's call with the same key is another call. */
const repeatKeyOf = ({ idempotencyKey, user }: CreateOptions): string | null => {
  if (idempotencyKey === undefined) return null
  return user === null ? idempotencyKey : `${JSON.stringify(user.name)} ${idempotencyKey}`
}

const userOf = (input: RunCreate, user: Principal | null): string | null =>
  user === null || user.via === "local" ? (input.environment?.user ?? user?.name ?? null) : user.name

/** Gives the functions that make runs and find the one a repeated call continues. */
export const makeCreateRun = Effect.gen(function* () {
  const store = yield* RunStore
  const metrics = yield* MetricStore

  const findParent = Effect.fnUntraced(function* (project: Project, ref: string) {
    const slug = ref.slice(ref.lastIndexOf(":") + 1)
    const parent = yield* isIdentifier(ref) ? store.get(RunId.make(ref)) : store.getBySlug(project.id, slug)
    return parent.project === project.id ? parent : yield* new RunNotFound({ run: ref })
  })

  /** A fork starts from its parent's config. */
  const forkOf = Effect.fnUntraced(function* (project: Project, input: RunCreate, id: RunId) {
    const config = input.config ?? {}
    if (input.fork === undefined) return { parent: null, config }
    yield* checkStep("fork.step", input.fork.step)
    const parent = yield* findParent(project, input.fork.run)
    const point = { run: parent.id, segment: parent.segment, step: input.fork.step }
    yield* metrics.fork(id, point)
    const parentConfig = (yield* store.document(parent.id, "config")) ?? {}
    return { parent: point, config: mergeConfig(parentConfig, config) }
  })

  const insertNew = Effect.fnUntraced(function* (project: Project, input: RunCreate, options: CreateOptions) {
    const now = yield* Clock.currentTimeMillis
    const id = RunId.make(yield* newIdentifier)
    const { parent, config } = yield* forkOf(project, input, id)
    const createdAt = input.createdAt ?? now
    const made = yield* readableName(yield* Effect.map(store.sequence(project.id), (sequence) => sequence + 1))
    const base: Omit<RunRow, "slug" | "name"> = {
      id,
      project: project.id,
      state: input.state ?? "running",
      tags: [...new Set(input.tags)],
      group: input.group ?? null,
      jobType: input.jobType ?? null,
      user: userOf(input, options.user),
      host: input.environment?.host ?? null,
      gitCommit: input.environment?.git?.commit ?? null,
      createdAt,
      updatedAt: now,
      heartbeatAt: null,
      finishedAt: null,
      deletedAt: null,
      startedAt: createdAt,
      pausedMs: 0,
      pausedAt: null,
      aliveAt: Math.max(createdAt, now),
      configVersion: 1,
      exitCode: null,
      stopRequested: false,
      segment: 0,
      parent,
      idempotencyKey: repeatKeyOf(options),
      figuresSequence: 0,
      rev: 1
    }
    const documents: RunDocuments = {
      notes: input.notes ?? "",
      config,
      userSummary: {},
      summary: {},
      figures: {},
      environment: input.environment ?? null
    }
    let slug = input.slug ?? made
    for (let attempt = 1; ; attempt++) {
      const inserted = yield* store
        .insert({ ...base, slug, name: input.name ?? (options.naming === "readable" ? made : slug) }, documents)
        .pipe(Effect.catchTag("RunSlugTaken", (taken) => Effect.succeed(taken)))
      if (!(inserted instanceof RunSlugTaken)) return { run: inserted, documents }
      // A race for the idempotency key shows as a taken slug too; the caller looks again.
      if (input.slug !== undefined || attempt >= attempts) return yield* inserted
      if (options.idempotencyKey !== undefined) return yield* inserted
      slug = yield* readableName(Number.parseInt(id.slice(-5), 16) + attempt)
    }
  })

  const findExisting = Effect.fnUntraced(function* (project: Project, input: RunCreate, options: CreateOptions) {
    const key = repeatKeyOf(options)
    if (key !== null) {
      const repeated = yield* store.findByIdempotencyKey(project.id, key)
      if (repeated !== null) return { run: repeated, repeated: true }
    }
    if (input.slug === undefined) return null
    const bySlug = yield* store
      .getBySlug(project.id, input.slug)
      .pipe(Effect.catchTag("RunNotFound", () => Effect.succeed(null)))
    return bySlug === null ? null : { run: bySlug, repeated: false }
  })

  const check = Effect.fnUntraced(function* (input: RunCreate) {
    const resume = input.resume ?? "never"
    if (input.slug === undefined && resume === "must") {
      return yield* invalidInput("slug", 'must be given with resume "must"', "nothing")
    }
    if (input.slug !== undefined && !slugForm.test(input.slug)) {
      return yield* invalidInput(
        "slug",
        "must be 1 to 128 letters, digits, dots, underscores or hyphens, starting with a letter or digit",
        JSON.stringify(input.slug.slice(0, 140))
      )
    }
    const tags = input.tags?.length ?? 0
    if (tags > maxTags) return yield* invalidInput("tags", `must be at most ${maxTags} a run`, String(tags))
    const { config, ...texts } = input
    const fault = checkWellFormed("", texts)
    if (fault !== null) return yield* fault
    if (config !== undefined) yield* checkDocument("config", config)
    return resume
  })

  /**
   * The run, and whether it was made now, is continued by `resume`, or answers a repeated call. What was made comes with its
   * documents: reading ten megabytes back only to answer would take as long as writing them.
   */
  return Effect.fnUntraced(function* (project: Project, input: RunCreate, options: CreateOptions) {
    const resume = yield* check(input)
    type Outcome =
      | { readonly run: StoredRun; readonly how: "made"; readonly documents: RunDocuments }
      | { readonly run: StoredRun; readonly how: "continued" | "repeated" }
    for (let attempt = 1; ; attempt++) {
      const existing = yield* findExisting(project, input, options)
      if (existing?.repeated === true) return { run: existing.run, how: "repeated" } satisfies Outcome as Outcome
      if (existing !== null) {
        if (resume === "never" || existing.run.deletedAt !== null) {
          return yield* new RunSlugTaken({ project: project.id, slug: existing.run.slug })
        }
        return { run: existing.run, how: "continued" } satisfies Outcome as Outcome
      }
      if (resume === "must") return yield* new RunNotFound({ run: `${project.entity}:${project.slug}:${input.slug}` })
      const made = yield* insertNew(project, input, options).pipe(
        Effect.catchTag("RunSlugTaken", (taken) => (attempt < 3 ? Effect.succeed(null) : Effect.fail(taken)))
      )
      if (made !== null) return { ...made, how: "made" } satisfies Outcome as Outcome
    }
  })
})
