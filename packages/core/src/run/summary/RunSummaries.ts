/**
 * Summaries follow points lazily: an append only marks its run, readers compute what is marked from the metric store, and
 * the store is written at most every two seconds a run, less often when that takes long. So a point is seen by the next read and
 * a busy run costs one small write per two seconds, not one per append.
 */
import { Clock, Context, Effect, Layer } from "effect"
import { RunEvents } from "../../event/RunEvents.ts"
import { MetricDefinitionStore } from "../../metric/MetricDefinitionStore.ts"
import { MetricStore } from "../../metric/MetricStore.ts"
import type { ProjectId } from "../../project/Project.ts"
import type { StoreError } from "../../store/StoreError.ts"
import { readDocument } from "../json/laterDocument.ts"
import type { RunId } from "../Run.ts"
import { type RunDocuments, RunStore, type StoredRun } from "../RunStore.ts"
import { documentsWith } from "../runView.ts"
import { figuresOf, summarize } from "./summarize.ts"

const writeEveryMs = 2_000
/** Writing takes at most this part of the time, so that many busy runs do not crowd out the points themselves. */
const writeShare = 1 / 10
const writeAtLeastEveryMs = 20_000
const reconcileEveryMs = 60_000
const userSummaryOf = (documents: RunDocuments) => Effect.promise(() => readDocument(documents, "userSummary"))
const lateMs = 7 * 24 * 3_600_000
const maxKnownProjects = 100_000

type Derived = Pick<RunDocuments, "figures" | "summary"> & {
  readonly figuresSequence: number
  readonly aliveAt: number
}

interface Mark {
  readonly project: ProjectId
  /** When points came last. */
  at: number
  /** Told apart by writers that finish after newer points came. */
  version: number
  derived: (Derived & { readonly rev: number }) | undefined
}

export class RunSummaries extends Context.Service<
  RunSummaries,
  {
    /** Points of the run came in. */
    touched(run: RunId): Effect.Effect<void, StoreError>
    /** The documents with the summary as of now. */
    fresh(run: StoredRun, documents: RunDocuments): Effect.Effect<RunDocuments, StoreError>
    /** Runs of the project whose stored summary is behind; the version tells one state of a run's points from the next. */
    marked(
      project: ProjectId
    ): Effect.Effect<ReadonlyArray<{ readonly run: RunId; readonly version: number }>, StoreError>
    /** Writes what is marked. */
    readonly write: Effect.Effect<void, StoreError>
    /** The summary of these figures under what the client set: no points are read, so clients may set it often. */
    restate(
      run: RunId,
      documents: Pick<RunDocuments, "figures" | "userSummary">
    ): Effect.Effect<RunDocuments["summary"], StoreError>
    /** The run moved or is gone: forget what was remembered of it. */
    forget(run: RunId): Effect.Effect<void>
  }
>()("@wanllmdb/core/RunSummaries") {
  static readonly layer = Layer.effect(
    RunSummaries,
    Effect.gen(function* () {
      const store = yield* RunStore
      const metrics = yield* MetricStore
      const definitions = yield* MetricDefinitionStore
      const events = yield* RunEvents
      const marks = new Map<RunId, Mark>()
      const projects = new Map<RunId, ProjectId>()
      const reconciled = new Map<ProjectId, number>()
      let versions = 0

      const mark = (run: RunId, project: ProjectId, at: number) => {
        const present = marks.get(run)
        versions++
        if (present === undefined) marks.set(run, { project, at, version: versions, derived: undefined })
        else {
          present.at = at
          present.version = versions
          present.derived = undefined
        }
      }

      const touched = (run: RunId): Effect.Effect<void, StoreError> =>
        Effect.flatMap(Clock.currentTimeMillis, (now) => {
          const project = projects.get(run)
          if (project !== undefined) {
            mark(run, project, now)
            return Effect.void
          }
          return store.get(run).pipe(
            Effect.tap((row) =>
              Effect.sync(() => {
                if (projects.size >= maxKnownProjects) projects.clear()
                projects.set(run, row.project)
                mark(run, row.project, now)
              })
            ),
            Effect.asVoid,
            // Points of a run that is gone have no summary to refresh.
            Effect.catchTag("RunNotFound", () => Effect.void)
          )
        })

      const derive = Effect.fnUntraced(function* (run: RunId, userSummary: RunDocuments["userSummary"]) {
        // The head is read first: points that come in between are counted again, never missed.
        const figuresSequence = yield* metrics.head(run)
        const figures = figuresOf(yield* metrics.summaries({ run }))
        const summary = summarize(figures, yield* definitions.list(run), userSummary)
        return { figures, summary, figuresSequence, aliveAt: marks.get(run)?.at ?? (yield* Clock.currentTimeMillis) }
      })

      const restate = Effect.fnUntraced(function* (
        run: RunId,
        { figures, userSummary }: Pick<RunDocuments, "figures" | "userSummary">
      ) {
        return summarize(figures, yield* definitions.list(run), userSummary)
      })

      const fresh = Effect.fnUntraced(function* (run: StoredRun, documents: RunDocuments) {
        const present = marks.get(run.id)
        if (present === undefined) return documents
        const { version } = present
        // The client's own summary may have changed since; every such change has a rev of its own.
        const derived =
          present.derived?.rev === run.rev
            ? present.derived
            : { ...(yield* derive(run.id, yield* userSummaryOf(documents))), rev: run.rev }
        if (present.version === version) present.derived = derived
        return documentsWith(documents, { figures: derived.figures, summary: derived.summary })
      })

      const writeOne = Effect.fnUntraced(function* (run: RunId, present: Mark) {
        const { version } = present
        const row = yield* store.get(run)
        // Only this document: a config of megabytes must not be read every two seconds.
        const derived = yield* derive(run, (yield* store.document(run, "userSummary")) ?? {})
        const now = yield* Clock.currentTimeMillis
        yield* store.update(run, row.rev, {
          ...derived,
          aliveAt: Math.max(row.aliveAt, derived.aliveAt),
          updatedAt: now
        })
        if (marks.get(run) === present && present.version === version) marks.delete(run)
        yield* events.publish({ project: row.project, run, topic: "run" })
        yield* events.publish({ project: row.project, run, topic: "runs" })
      })

      const write = Effect.suspend(() =>
        Effect.forEach(
          [...marks],
          ([run, present]) =>
            writeOne(run, present).pipe(
              Effect.catchTags({
                RunNotFound: () => Effect.sync(() => marks.delete(run)),
                // Changed meanwhile: the mark stays, the next round writes it.
                RunChanged: () => Effect.void
              })
            ),
          { discard: true }
        )
      )

      const reconcile = Effect.fnUntraced(function* (project: ProjectId, now: number) {
        reconciled.set(project, now)
        const active = yield* store.active(project, now - lateMs)
        const since = active.map((row) => ({ run: row.id, since: row.figuresSequence }))
        for (const run of since.length === 0 ? [] : yield* metrics.changed(since)) {
          if (!marks.has(run)) mark(run, project, now)
        }
      })

      const marked = Effect.fnUntraced(function* (project: ProjectId) {
        const now = yield* Clock.currentTimeMillis
        // Finds what another process took in, or this one before it was killed.
        if (now - (reconciled.get(project) ?? Number.NEGATIVE_INFINITY) > reconcileEveryMs)
          yield* reconcile(project, now)
        const runs: Array<{ readonly run: RunId; readonly version: number }> = []
        for (const [run, { project: home, version }] of marks) if (home === project) runs.push({ run, version })
        return runs
      })

      const forget = (run: RunId) =>
        Effect.sync(() => {
          projects.delete(run)
          const present = marks.get(run)
          if (present !== undefined) marks.delete(run)
        })

      const writeNowAndThen = Effect.gen(function* () {
        let pause = writeEveryMs
        while (true) {
          yield* Effect.sleep(pause)
          const started = yield* Clock.currentTimeMillis
          yield* Effect.ignore(write)
          const took = (yield* Clock.currentTimeMillis) - started
          pause = Math.min(Math.max(took / writeShare, writeEveryMs), writeAtLeastEveryMs)
        }
      })
      yield* Effect.forkScoped(writeNowAndThen)
      yield* Effect.addFinalizer(() => Effect.ignore(write))

      return RunSummaries.of({ touched, fresh, marked, write, restate, forget })
    })
  )
}
