/** `Runs` over its stores: each change reads the run, computes what differs and writes it by compare-and-set. */
import { Clock, Effect, Layer, type Schema } from "effect"
import { RunEvents } from "../event/RunEvents.ts"
import type { Scope } from "../identity/Principal.ts"
import { MetricStore } from "../metric/MetricStore.ts"
import type { Project, ProjectId } from "../project/Project.ts"
import { ProjectStore } from "../project/ProjectStore.ts"
import { isIdentifier } from "../store/Identifier.ts"
import { invalidInput } from "../store/InvalidInput.ts"
import type { StoreError } from "../store/StoreError.ts"
import { checkWellFormed } from "../store/wellFormed.ts"
import { makeBulkChange } from "./bulkChange.ts"
import { checkDocument } from "./config/checkDocument.ts"
import { type ConfigMerge, nextConfig } from "./config/mergeConfig.ts"
import { checkStep, makeCreateRun, maxTags } from "./createRun.ts"
import { readDocument } from "./json/laterDocument.ts"
import { type RunCreate, RunId, RunNotFound, type RunPatch } from "./Run.ts"
import { crashAfterMs, type FinalState } from "./RunState.ts"
import { type RunChange, type RunDocuments, RunStore, runDocumentKinds, type StoredRun } from "./RunStore.ts"
import { type CreateOptions, Runs } from "./Runs.ts"
import { crashed, ended, paused, resumed, revived, stopRequested } from "./runTransition.ts"
import { documentsWith, listItemOf, runOf } from "./runView.ts"
import { RunSummaries } from "./summary/RunSummaries.ts"
import { patchSummary } from "./summary/summarize.ts"

const locateMs = 2_000
const locateSize = 20_000

const sees = (scope: Scope, run: StoredRun): boolean =>
  scope === "all" || scope.projects?.includes(run.project) === true || scope.entities?.includes(run.entity) === true

const documentsAfter = (documents: RunDocuments, change: RunChange): RunDocuments => {
  const changed = runDocumentKinds.filter((kind) => change[kind] !== undefined)
  return documentsWith(documents, Object.fromEntries(changed.map((kind) => [kind, change[kind]])))
}

export const runsLayer = Layer.effect(
  Runs,
  Effect.gen(function* () {
    const store = yield* RunStore
    const projects = yield* ProjectStore
    const metrics = yield* MetricStore
    const summaries = yield* RunSummaries
    const events = yield* RunEvents
    const createRun = yield* makeCreateRun
    const located = new Map<
      string,
      { readonly id: RunId; readonly project: ProjectId; readonly entity: string; readonly until: number }
    >()

    const find = Effect.fnUntraced(function* (ref: string): Effect.fn.Return<StoredRun, RunNotFound | StoreError> {
      const missing = () => Effect.fail(new RunNotFound({ run: ref }))
      if (isIdentifier(ref)) {
        const run = yield* store.get(RunId.make(ref))
        return run.projectDeleted ? yield* missing() : run
      }
      const [entity, slug, runSlug, ...rest] = ref.split(":")
      if (entity === undefined || slug === undefined || runSlug === undefined || rest.length > 0)
        return yield* missing()
      const project = yield* Effect.catchTag(projects.getBySlug(entity, slug), "ProjectNotFound", missing)
      const run = yield* Effect.catchTag(store.getBySlug(project.id, runSlug), "RunNotFound", missing)
      return run.projectDeleted ? yield* missing() : run
    })

    const documentsOf = Effect.fnUntraced(function* (run: StoredRun) {
      const documents = (yield* store.documents([run.id])).get(run.id)
      return documents === undefined ? yield* new RunNotFound({ run: run.id }) : documents
    })

    const viewWith = (run: StoredRun, documents: RunDocuments) =>
      Effect.map(summaries.fresh(run, documents), (fresh) => runOf(run, fresh))

    const view = (run: StoredRun) => Effect.flatMap(documentsOf(run), (documents) => viewWith(run, documents))

    const announce = (run: StoredRun) =>
      Effect.andThen(
        events.publish({ project: run.project, run: run.id, topic: "run" }),
        events.publish({ project: run.project, run: run.id, topic: "runs" })
      )

    /** Computes a change from the present row and writes it; reads again when someone was faster. Null changes nothing. */
    const modify = Effect.fnUntraced(function* <E = never>(
      start: StoredRun,
      change: (run: StoredRun, now: number) => Effect.Effect<RunChange | null, E>
    ) {
      let run = start
      while (true) {
        const now = yield* Clock.currentTimeMillis
        const difference = yield* change(run, now)
        if (difference === null) return run
        const written = yield* store
          .update(run.id, run.rev, { updatedAt: now, ...difference })
          .pipe(Effect.catchTag("RunChanged", () => Effect.succeed(null)))
        if (written !== null) {
          yield* announce(written)
          return written
        }
        run = yield* store.get(run.id)
      }
    })

    const modifyRow = (ref: string, change: (run: StoredRun, now: number) => RunChange | null) =>
      Effect.flatMap(find(ref), (run) => modify(run, (row, now) => Effect.succeed(change(row, now))))

    /** Gives the run as it is seen after the change; its documents are read once. */
    const setDocuments = Effect.fnUntraced(function* <E>(
      start: StoredRun,
      change: (run: StoredRun, documents: RunDocuments, now: number) => Effect.Effect<RunChange | null, E>
    ) {
      let after: RunDocuments | undefined
      const written = yield* modify(start, (run, now) =>
        Effect.gen(function* () {
          const documents = yield* documentsOf(run)
          const difference = yield* change(run, documents, now)
          yield* Effect.yieldNow
          after = difference === null ? documents : documentsAfter(documents, difference)
          return difference
        })
      )
      return yield* after === undefined ? view(written) : viewWith(written, after)
    })

    const configChange = Effect.fnUntraced(function* (
      run: StoredRun,
      documents: RunDocuments,
      config: Schema.JsonObject,
      now: number,
      merge: ConfigMerge = "deep"
    ) {
      const present = yield* Effect.promise(() => readDocument(documents, "config"))
      const merged = nextConfig(present, config, merge)
      if (merged === present) return null
      yield* checkDocument("config", merged)
      const version = run.configVersion + 1
      return {
        config: merged,
        configVersion: version,
        newConfigVersion: { version, config: merged, createdAt: now }
      }
    })

    const patchChange = Effect.fnUntraced(function* (run: StoredRun, documents: RunDocuments, patch: RunPatch) {
      const { summary, environment, tags, ...rest } = patch
      let change: RunChange = { ...rest, ...(tags === undefined ? {} : { tags: [...new Set(tags)] }) }
      if (environment !== undefined) {
        const merged = { ...documents.environment, ...environment }
        change = {
          ...change,
          environment: merged,
          host: merged.host ?? run.host,
          user: run.user ?? merged.user ?? null,
          gitCommit: merged.git?.commit ?? null
        }
      }
      if (summary !== undefined) {
        const present = yield* Effect.promise(() => readDocument(documents, "userSummary"))
        const userSummary = patchSummary(present, summary)
        yield* Effect.yieldNow
        const figures = yield* Effect.promise(() => readDocument(documents, "figures"))
        const restated = yield* summaries.restate(run.id, { figures, userSummary })
        change = { ...change, userSummary, summary: restated }
      }
      return Object.keys(change).length === 0 ? null : change
    })

    const create = Effect.fn("Runs.create")(function* (project: Project, input: RunCreate, options: CreateOptions) {
      const outcome = yield* createRun(project, input, options)
      const { how, run } = outcome
      if (outcome.how === "made") {
        yield* announce(run)
        return { run: yield* viewWith(run, outcome.documents), created: true }
      }
      if (how === "repeated") return { run: yield* view(run), created: false }
      const again = yield* modify(run, (row, now) => Effect.succeed(resumed(row, now)))
      const patched = yield* setDocuments(again, (row, documents, now) =>
        Effect.gen(function* () {
          const { name, notes, tags, group, jobType, environment } = input
          const patch = Object.fromEntries(
            Object.entries({ name, notes, tags, group, jobType, environment }).filter(
              ([, value]) => value !== undefined
            )
          ) as RunPatch
          const change = yield* patchChange(row, documents, patch)
          const config = input.config === undefined ? null : yield* configChange(row, documents, input.config, now)
          return change === null && config === null ? null : { ...change, ...config }
        })
      )
      return { run: patched, created: false }
    })

    const get = Effect.fnUntraced(function* (ref: string) {
      return yield* view(yield* find(ref))
    })

    const locate = Effect.fnUntraced(function* (ref: string) {
      const now = yield* Clock.currentTimeMillis
      const known = located.get(ref)
      if (known !== undefined && known.until > now) return known
      const { id, project, entity } = yield* find(ref)
      if (located.size >= locateSize) located.clear()
      const entry = { id, project, entity, until: now + locateMs }
      located.set(ref, entry)
      return entry
    })

    const update = Effect.fn("Runs.update")(function* (ref: string, patch: RunPatch) {
      const { summary, ...texts } = patch
      const fault = checkWellFormed("", texts)
      if (fault !== null) return yield* fault
      if (summary !== undefined) yield* checkDocument("summary", summary)
      if ((patch.tags?.length ?? 0) > maxTags) return yield* tooManyTags(patch.tags!.length)
      return yield* setDocuments(yield* find(ref), (row, documents) => patchChange(row, documents, patch))
    })

    const finish = Effect.fn("Runs.finish")(function* (
      ref: string,
      end: { readonly state: FinalState; readonly exitCode?: number | undefined }
    ) {
      return yield* view(yield* modifyRow(ref, (run, now) => ended(run, end.state, end.exitCode ?? null, now)))
    })

    const heartbeat = Effect.fnUntraced(function* (ref: string) {
      const { id } = yield* locate(ref)
      const beaten = yield* store.beat(id, yield* Clock.currentTimeMillis)
      if (beaten.state === "crashed") yield* modify(beaten, (run) => Effect.succeed(revived(run)))
      return { stopRequested: beaten.stopRequested }
    })

    const pause = Effect.fn("Runs.pause")(function* (ref: string) {
      return yield* view(yield* modifyRow(ref, paused))
    })
    const resume = Effect.fn("Runs.resume")(function* (ref: string) {
      return yield* view(yield* modifyRow(ref, resumed))
    })
    const requestStop = Effect.fn("Runs.requestStop")(function* (ref: string) {
      return yield* view(yield* modifyRow(ref, stopRequested))
    })

    const remove = Effect.fn("Runs.delete")(function* (ref: string) {
      yield* modifyRow(ref, (run, now) => (run.deletedAt === null ? { deletedAt: now } : null))
    })
    const restore = Effect.fn("Runs.restore")(function* (ref: string) {
      return yield* view(yield* modifyRow(ref, (run) => (run.deletedAt === null ? null : { deletedAt: null })))
    })

    const setConfig = Effect.fn("Runs.setConfig")(function* (
      ref: string,
      config: Schema.JsonObject,
      { merge }: { readonly merge?: ConfigMerge | undefined } = {}
    ) {
      yield* checkDocument("config", config)
      return yield* setDocuments(yield* find(ref), (row, documents, now) =>
        configChange(row, documents, config, now, merge)
      )
    })
    const configVersions = Effect.fn("Runs.configVersions")(function* (ref: string) {
      return yield* store.configVersions((yield* find(ref)).id)
    })

    const tooManyTags = (count: number) =>
      Effect.fail(invalidInput("tags", `must be at most ${maxTags} a run`, String(count)))

    const addTags = Effect.fn("Runs.addTags")(function* (ref: string, tags: ReadonlyArray<string>) {
      for (const [index, tag] of tags.entries()) {
        if (tag.length < 1 || tag.length > 256) {
          return yield* invalidInput(`tags[${index}]`, "must have 1 to 256 characters", `${tag.length} characters`)
        }
        const fault = checkWellFormed(`tags[${index}]`, tag)
        if (fault !== null) return yield* fault
      }
      const run = yield* modify(yield* find(ref), (row) => {
        const all = [...new Set([...row.tags, ...tags])]
        if (all.length > maxTags) return tooManyTags(all.length)
        return Effect.succeed(all.length === row.tags.length ? null : { tags: all })
      })
      return yield* view(run)
    })
    const removeTag = Effect.fn("Runs.removeTag")(function* (ref: string, tag: string) {
      const run = yield* modifyRow(ref, (row) =>
        row.tags.includes(tag) ? { tags: row.tags.filter((other) => other !== tag) } : null
      )
      return yield* view(run)
    })

    const setGroup = (ref: string, group: string | null) => {
      const fault = checkWellFormed("group", group)
      return fault === null ? modifyRow(ref, (run) => (run.group === group ? null : { group })) : Effect.fail(fault)
    }

    const move = Effect.fnUntraced(function* (ref: string, project: ProjectId) {
      let run = yield* find(ref)
      yield* Effect.catchTag(projects.get(project), "ProjectNotFound", () =>
        Effect.fail(invalidInput("project", "must be an existing project", project))
      )
      while (run.project !== project) {
        const moved = yield* store
          .move(run.id, run.rev, project, yield* Clock.currentTimeMillis)
          .pipe(Effect.catchTag("RunChanged", () => Effect.succeed(null)))
        if (moved === null) {
          run = yield* store.get(run.id)
          continue
        }
        located.clear()
        yield* summaries.forget(run.id)
        yield* events.publish({ project: run.project, run: run.id, topic: "runs" })
        yield* announce(moved)
        run = moved
      }
    })

    const rewind = Effect.fn("Runs.rewind")(function* (ref: string, step: number) {
      yield* checkStep("step", step)
      const run = yield* find(ref)
      const segment = yield* metrics.rewind(run.id, step)
      const rewound = yield* modify(run, (row) => Effect.succeed(row.segment >= segment ? null : { segment }))
      yield* summaries.touched(run.id)
      return yield* view(rewound)
    })

    const changedSince = Effect.fn("Runs.changedSince")(function* (project: ProjectId, since: number, scope: Scope) {
      const changes = yield* store.changedSince(project, since)
      const departed = yield* changes.departed.length === 0
        ? Effect.succeed([])
        : store.getMany(changes.departed.map(({ run }) => run))
      const runs = [...changes.rows, ...departed.filter((run) => run.project !== project)]
      return { runs: runs.filter((run) => sees(scope, run)).map(listItemOf), cursor: changes.sequence }
    })

    const sweepCrashed = Effect.gen(function* () {
      const before = (yield* Clock.currentTimeMillis) - crashAfterMs
      let count = 0
      for (const silent of yield* store.silent(before)) {
        const swept = yield* modify(silent, (run) => Effect.succeed(run.aliveAt < before ? crashed(run) : null)).pipe(
          Effect.catchTag("RunNotFound", () => Effect.succeed(silent))
        )
        if (swept.state === "crashed") count++
      }
      return count
    }).pipe(Effect.withSpan("Runs.sweepCrashed"))

    return Runs.of({
      create,
      get,
      locate,
      update,
      finish,
      heartbeat,
      pause,
      resume,
      requestStop,
      delete: remove,
      restore,
      setConfig,
      configVersions,
      addTags,
      removeTag,
      bulk: makeBulkChange({ delete: remove, restore, addTags, removeTag, setGroup, move }),
      rewind,
      touched: summaries.touched,
      changedSince,
      sweepCrashed
    })
  })
)
