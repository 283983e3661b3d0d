/** `RunStore` over the in-memory tables. */
import { Effect } from "effect"
import type { ProjectId } from "../../project/Project.ts"
import { RunNotFound, RunSlugTaken } from "../../run/Run.ts"
import { hasEnded } from "../../run/RunState.ts"
import {
  type RunChange,
  RunChanged,
  type RunDocuments,
  type RunRow,
  RunStore,
  type StoredRun
} from "../../run/RunStore.ts"
import type { MemoryDatabase, RunRecord } from "./MemoryDatabase.ts"

type Tables = Parameters<Parameters<MemoryDatabase["use"]>[0]>[0]

const storedOf = (tables: Tables, record: RunRecord): StoredRun => {
  const { project } = tables.projects.get(record.row.project)!
  return {
    ...record.row,
    entity: project.entity,
    projectSlug: project.slug,
    projectDeleted: project.deletedAt !== null,
    ordinal: record.ordinal,
    sequence: record.sequence
  }
}

/** Takes the project's next sequence and notes the activity. */
const nextSequence = (tables: Tables, project: ProjectId, at: number, runs: number): number => {
  const record = tables.projects.get(project)!
  const sequence = record.sequence + 1
  tables.projects.set(project, {
    ...record,
    sequence,
    runCount: record.runCount + runs,
    lastActivityAt: Math.max(record.lastActivityAt, at)
  })
  return sequence
}

const nextOrdinal = (tables: Tables, project: ProjectId): number => {
  const record = tables.projects.get(project)!
  tables.projects.set(project, { ...record, nextOrdinal: record.nextOrdinal + 1 })
  return record.nextOrdinal
}

const split = (change: RunChange) => {
  const { newConfigVersion: _, notes, config, userSummary, summary, figures, environment, ...row } = change
  const documents = { notes, config, userSummary, summary, figures, environment }
  return {
    row,
    documents: Object.fromEntries(
      Object.entries(documents).filter(([, value]) => value !== undefined)
    ) as Partial<RunDocuments>
  }
}

export const memoryRunStore = (database: MemoryDatabase) => {
  const withRun = <A, E>(id: string, use: (record: RunRecord, tables: Tables) => Effect.Effect<A, E>) =>
    database.use((tables): Effect.Effect<A, E | RunNotFound> => {
      const record = tables.runs.get(id)
      return record === undefined ? Effect.fail(new RunNotFound({ run: id })) : use(record, tables)
    })

  const all = (tables: Tables, keep: (record: RunRecord) => boolean) =>
    [...tables.runs.values()].filter(keep).map((record) => storedOf(tables, record))

  const keyed = (tables: Tables, project: ProjectId, key: string) =>
    all(tables, ({ row }) => row.project === project && row.idempotencyKey === key)[0]

  const insert = (row: RunRow, documents: RunDocuments) =>
    database.use((tables): Effect.Effect<StoredRun, RunSlugTaken> => {
      const key = `${row.project}:${row.slug}`
      const repeated = row.idempotencyKey !== null && keyed(tables, row.project, row.idempotencyKey) !== undefined
      if (repeated || tables.runSlugs.has(key)) {
        return Effect.fail(new RunSlugTaken({ project: row.project, slug: row.slug }))
      }
      const record: RunRecord = {
        row,
        documents,
        versions: [{ version: row.configVersion, config: documents.config, createdAt: row.createdAt }],
        ordinal: nextOrdinal(tables, row.project),
        sequence: nextSequence(tables, row.project, row.updatedAt, row.deletedAt === null ? 1 : 0)
      }
      tables.runSlugs.set(key, row.id)
      tables.runs.set(row.id, record)
      return Effect.succeed(storedOf(tables, record))
    })

  return RunStore.of({
    insert,
    get: (id) => withRun(id, (record, tables) => Effect.succeed(storedOf(tables, record))),
    getBySlug: (project, slug) =>
      database.use((tables) => {
        const record = tables.runs.get(tables.runSlugs.get(`${project}:${slug}`) ?? "")
        return record === undefined
          ? Effect.fail(new RunNotFound({ run: slug }))
          : Effect.succeed(storedOf(tables, record))
      }),
    findByIdempotencyKey: (project, key) =>
      database.use((tables) => Effect.succeed(keyed(tables, project, key) ?? null)),
    getMany: (ids) =>
      database.use((tables) =>
        Effect.succeed(
          ids.flatMap((id) => {
            const record = tables.runs.get(id)
            return record === undefined ? [] : [storedOf(tables, record)]
          })
        )
      ),
    getByOrdinals: (project, ordinals) =>
      database.use((tables) => {
        const wanted = new Set(ordinals)
        return Effect.succeed(all(tables, ({ row, ordinal }) => row.project === project && wanted.has(ordinal)))
      }),
    documents: (ids) =>
      database.use((tables) =>
        Effect.succeed(
          new Map(
            ids.flatMap((id) => {
              const record = tables.runs.get(id)
              return record === undefined ? [] : [[id, record.documents] as const]
            })
          )
        )
      ),
    document: (id, kind) => database.use((tables) => Effect.succeed(tables.runs.get(id)?.documents[kind])),
    update: (id, expectedRev, change) =>
      withRun(id, (record, tables): Effect.Effect<StoredRun, RunChanged> => {
        if (record.row.rev !== expectedRev) return Effect.fail(new RunChanged({ run: id }))
        const { row, documents } = split(change)
        const next: RunRow = { ...record.row, ...row, rev: expectedRev + 1 }
        const counted = (next.deletedAt === null ? 1 : 0) - (record.row.deletedAt === null ? 1 : 0)
        const changed: RunRecord = {
          ...record,
          row: next,
          documents: { ...record.documents, ...documents },
          versions:
            change.newConfigVersion === undefined ? record.versions : [...record.versions, change.newConfigVersion],
          sequence: nextSequence(tables, next.project, next.updatedAt, counted)
        }
        tables.runs.set(id, changed)
        return Effect.succeed(storedOf(tables, changed))
      }),
    beat: (id, at) =>
      withRun(id, (record, tables) => {
        const { row } = record
        const beaten = {
          ...record,
          row: {
            ...row,
            heartbeatAt: Math.max(row.heartbeatAt ?? at, at),
            aliveAt: Math.max(row.aliveAt, at)
          }
        }
        tables.runs.set(id, beaten)
        return Effect.succeed(storedOf(tables, beaten))
      }),
    move: (id, expectedRev, project, at) =>
      withRun(id, (record, tables): Effect.Effect<StoredRun, RunChanged | RunSlugTaken> => {
        const { row } = record
        if (row.rev !== expectedRev) return Effect.fail(new RunChanged({ run: id }))
        const key = `${project}:${row.slug}`
        if (tables.runSlugs.has(key)) return Effect.fail(new RunSlugTaken({ project, slug: row.slug }))
        const counted = row.deletedAt === null ? 1 : 0
        const left = nextSequence(tables, row.project, at, -counted)
        tables.departures.set(row.project, [
          ...(tables.departures.get(row.project) ?? []),
          { run: id, ordinal: record.ordinal, sequence: left }
        ])
        tables.runSlugs.delete(`${row.project}:${row.slug}`)
        tables.runSlugs.set(key, id)
        const moved: RunRecord = {
          ...record,
          row: { ...row, project, idempotencyKey: null, updatedAt: at, rev: expectedRev + 1 },
          ordinal: nextOrdinal(tables, project),
          sequence: nextSequence(tables, project, at, counted)
        }
        tables.runs.set(id, moved)
        return Effect.succeed(storedOf(tables, moved))
      }),
    configVersions: (id) => database.use((tables) => Effect.succeed(tables.runs.get(id)?.versions ?? [])),
    sequence: (project) => database.use((tables) => Effect.succeed(tables.projects.get(project)?.sequence ?? 0)),
    changedSince: (project, since, limit = 1000) =>
      database.use((tables) => {
        const rows = all(tables, ({ row, sequence }) => row.project === project && sequence > since).sort(
          (a, b) => a.sequence - b.sequence
        )
        const departed = (tables.departures.get(project) ?? []).filter(({ sequence }) => sequence > since)
        const more = rows.length > limit
        const sequence = more ? rows[limit - 1]!.sequence : (tables.projects.get(project)?.sequence ?? 0)
        return Effect.succeed({
          rows: rows.slice(0, limit),
          departed: departed.filter((departure) => departure.sequence <= sequence),
          sequence,
          more
        })
      }),
    silent: (before) =>
      database.use((tables) =>
        Effect.succeed(
          all(tables, ({ row }) => row.state === "running" && row.heartbeatAt !== null && row.aliveAt < before)
        )
      ),
    active: (project, endedAfter) =>
      database.use((tables) =>
        Effect.succeed(
          all(
            tables,
            ({ row }) => row.project === project && (!hasEnded(row.state) || (row.finishedAt ?? 0) > endedAfter)
          )
        )
      )
  })
}
