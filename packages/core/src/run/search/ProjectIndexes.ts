/**
 * Keeps the indexes of projects in step with the stores: catches up with changed runs before a read, loads columns that a
 * query needs, and stores pages now and then. Several processes do so side by side; the stored index takes the first commit
 * of each round and the others see that theirs is done already.
 */
import { Clock, Effect, Semaphore } from "effect"
import type { ProjectId } from "../../project/Project.ts"
import { readDocument } from "../json/laterDocument.ts"
import type { RunId } from "../Run.ts"
import { type RunDocuments, RunStore, type StoredRun } from "../RunStore.ts"
import { RunSummaries } from "../summary/RunSummaries.ts"
import { runFields } from "./column/runFields.ts"
import { FieldIndex } from "./FieldIndex.ts"
import { ProjectIndex } from "./ProjectIndex.ts"

const maxProjects = 64
const changesPerRound = 1_024
/** Documents are read in small groups: some are megabytes. */
const documentsPerRead = 16
const storeAboveRuns = 512
const storeAfterMs = 30_000
/** While catching up with many runs at once, memory holds at most this many that are not stored. */
const overlayLimit = 2_048

const readAll = async (documents: RunDocuments) => {
  for (const kind of ["config", "summary", "figures"] as const) await readDocument(documents, kind)
}

interface Entry {
  readonly turn: Semaphore.Semaphore
  index: ProjectIndex | null
  /** Versions of marked runs that were laid over the index, so that each is laid over once. */
  readonly laid: Map<RunId, number>
}

export const makeProjectIndexes = Effect.gen(function* () {
  const runs = yield* RunStore
  const fieldIndex = yield* FieldIndex
  const summaries = yield* RunSummaries
  const entries = new Map<ProjectId, Entry>()

  const entryOf = (project: ProjectId): Entry => {
    const entry = entries.get(project) ?? { turn: Semaphore.makeUnsafe(1), index: null, laid: new Map() }
    entries.delete(project)
    entries.set(project, entry)
    // What is dropped is a cache; the next search of that project reads its pages again.
    for (const oldest of entries.keys()) {
      if (entries.size <= maxProjects) break
      entries.delete(oldest)
    }
    return entry
  }

  const open = Effect.fnUntraced(function* (project: ProjectId) {
    const head = yield* fieldIndex.head(project)
    return new ProjectIndex(head)
  })

  const applyRuns = Effect.fnUntraced(function* (index: ProjectIndex, rows: ReadonlyArray<StoredRun>) {
    const now = yield* Clock.currentTimeMillis
    for (let from = 0; from < rows.length; from += documentsPerRead) {
      const group = rows.slice(from, from + documentsPerRead)
      const documents = yield* runs.documents(group.map(({ id }) => id))
      for (const row of group) {
        const stored = documents.get(row.id)
        if (stored === undefined) continue
        const fresh = yield* summaries.fresh(row, stored)
        // Large ones are read in steps; the fields then find them read.
        yield* Effect.promise(() => readAll(fresh))
        index.apply(row.ordinal, row.sequence, runFields(row, fresh), now)
      }
    }
  })

  const store = Effect.fnUntraced(function* (project: ProjectId, index: ProjectIndex) {
    const { head, applied } = index
    const pages = []
    for (const block of index.waitingBlocks()) {
      pages.push(...index.mergedPages(block, yield* fieldIndex.block(project, block)))
    }
    const first = yield* fieldIndex.commit({ project, expectedRev: head.rev, sequence: applied, pages })
    const now = yield* Clock.currentTimeMillis
    index.stored(first ? { rev: head.rev + 1, sequence: applied } : yield* fieldIndex.head(project), now)
  })

  const catchUp = Effect.fnUntraced(function* (project: ProjectId, index: ProjectIndex) {
    if ((yield* runs.sequence(project)) <= index.applied) return
    while (true) {
      const changes = yield* runs.changedSince(project, index.applied, changesPerRound)
      const now = yield* Clock.currentTimeMillis
      for (const { ordinal, sequence } of changes.departed) index.apply(ordinal, sequence, null, now)
      yield* applyRuns(index, changes.rows)
      index.applied = changes.sequence
      if (index.waiting > overlayLimit) yield* store(project, index)
      if (!changes.more) return
    }
  })

  const layMarked = Effect.fnUntraced(function* (project: ProjectId, entry: Entry, index: ProjectIndex) {
    const marked = yield* summaries.marked(project)
    const news = marked.filter(({ run, version }) => entry.laid.get(run) !== version)
    if (marked.length === 0) entry.laid.clear()
    if (news.length === 0) return
    yield* applyRuns(index, yield* runs.getMany(news.map(({ run }) => run)))
    for (const { run, version } of news) entry.laid.set(run, version)
  })

  const current = Effect.fnUntraced(function* (project: ProjectId, entry: Entry) {
    const index = entry.index ?? (yield* open(project))
    yield* catchUp(project, index)
    yield* layMarked(project, entry, index)
    entry.index = index
    return index
  })

  /** Runs `read` on the index as of now, with the columns loaded. */
  const withColumns = <A>(project: ProjectId, columns: ReadonlyArray<string>, read: (index: ProjectIndex) => A) => {
    const entry = entryOf(project)
    return entry.turn.withPermit(
      Effect.gen(function* () {
        const index = yield* current(project, entry)
        for (const name of columns) {
          if (!index.has(name)) index.load(name, yield* fieldIndex.column(project, name))
        }
        const answer = read(index)
        index.retain(columns)
        return answer
      })
    )
  }

  /** Brings the project's index up to date and stores it when enough waits, or all of it. */
  const settle = (project: ProjectId, everything: boolean) => {
    const entry = entryOf(project)
    return entry.turn.withPermit(
      Effect.gen(function* () {
        const index = yield* current(project, entry)
        const now = yield* Clock.currentTimeMillis
        const waited = index.waitingSince !== null && now - index.waitingSince >= storeAfterMs
        if (index.waiting > 0 && (everything || waited || index.waiting >= storeAboveRuns)) yield* store(project, index)
      })
    )
  }

  /** Names of all fields that some run of the project has or had. */
  const fields = Effect.fnUntraced(function* (project: ProjectId) {
    const changed = yield* withColumns(project, [], (index) => [...index.changedFields()])
    return [...changed, ...(yield* fieldIndex.fields(project))]
  })

  return {
    withColumns,
    fields,
    settle,
    open: () => [...entries].filter(([, { index }]) => index !== null).map(([id]) => id)
  }
})
