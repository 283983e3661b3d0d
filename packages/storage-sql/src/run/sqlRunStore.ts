/** `RunStore` over SQL. The project's row hands out ordinals and sequences, so its lock orders the changes of a project. */
import {
  type ConfigVersion,
  knownText,
  type ProjectId,
  type RunChange,
  RunChanged,
  type RunDocuments,
  RunId,
  RunNotFound,
  type RunRow,
  RunSlugTaken,
  RunStore
} from "@wanllmdb/core"
import { Effect } from "effect"
import { type Kysely, sql } from "kysely"
import { inGroups } from "../inGroups.ts"
import { onUniqueViolation, type SqlSession } from "../SqlSession.ts"
import { statement } from "../statements.ts"
import type { Tables } from "../Tables.ts"
import { KnownRows, selectRuns } from "./KnownRows.ts"
import { documentsReader, prepareDocuments, readOne, writeDocuments } from "./runDocuments.ts"
import { changedColumns, insertedRow, storedOf } from "./runRow.ts"

const openStates = ["pending", "running", "paused"]

/** The next sequence of the project, and its next ordinal where one is used up; notes the activity. */
const advance = (
  db: Kysely<Tables>,
  project: ProjectId,
  at: number,
  counts: { readonly runs: number; readonly ordinals: number }
) =>
  db
    .updateTable("project")
    .set({
      change_sequence: sql<number>`change_sequence + 1`,
      next_ordinal: sql<number>`next_ordinal + ${sql.lit(counts.ordinals)}`,
      run_count: sql<number>`run_count + ${sql.lit(counts.runs)}`,
      last_activity_at: sql<number>`case when last_activity_at < ${at} then ${at} else last_activity_at end`
    })
    .where("id", "=", project)
    .returning(["change_sequence", "next_ordinal"])
    .executeTakeFirstOrThrow()

export const sqlRunStore = (session: SqlSession) => {
  const known = new KnownRows()
  const byId = statement((db, [id]: ReadonlyArray<RunId>) => selectRuns(db).where("run.id", "=", id!))
  const newestSequence = statement((db, [project]: ReadonlyArray<ProjectId>) =>
    db.selectFrom("project").select("change_sequence").where("id", "=", project!)
  )
  const documentsOf = documentsReader()

  const get = Effect.fnUntraced(function* (id: RunId) {
    const [row] = yield* session.query("run.get", (db) => byId(db, [id]))
    return row === undefined ? yield* new RunNotFound({ run: id }) : storedOf(row)
  })

  const prepared = (change: RunChange) => Effect.promise(() => prepareDocuments(change))

  const insert = (run: RunRow, documents: RunDocuments) =>
    Effect.andThen(prepared(documents), insertPrepared(run, documents))

  const insertPrepared = (run: RunRow, documents: RunDocuments) =>
    session
      .transaction(
        Effect.andThen(
          session.query("run.insert", async (db) => {
            const counted = run.deletedAt === null ? 1 : 0
            const place = await advance(db, run.project, run.updatedAt, { runs: counted, ordinals: 1 })
            const row = insertedRow(run, Number(place.next_ordinal) - 1, Number(place.change_sequence))
            await db.insertInto("run").values(row).execute()
            await writeDocuments(db, run.id, documents)
            const version = { run: run.id, version: run.configVersion, created_at: run.createdAt }
            await db
              .insertInto("run_config_version")
              .values({ ...version, config: knownText(documents.config) ?? JSON.stringify(documents.config) })
              .execute()
          }),
          Effect.catchTag(get(run.id), "RunNotFound", Effect.die)
        )
      )
      .pipe(onUniqueViolation(session, () => new RunSlugTaken({ project: run.project, slug: run.slug })))

  const update = (id: RunId, expectedRev: number, change: RunChange) =>
    Effect.andThen(prepared(change), updatePrepared(id, expectedRev, change))

  const updatePrepared = (id: RunId, expectedRev: number, change: RunChange) =>
    session.transaction(
      Effect.gen(function* () {
        const before = yield* get(id)
        if (before.rev !== expectedRev) return yield* new RunChanged({ run: id })
        const changed = yield* session.query("run.update", async (db) => {
          const deletedAt = change.deletedAt === undefined ? before.deletedAt : change.deletedAt
          const runs = (deletedAt === null ? 1 : 0) - (before.deletedAt === null ? 1 : 0)
          const at = change.updatedAt ?? before.updatedAt
          const place = await advance(db, before.project, at, { runs, ordinals: 0 })
          const written = await db
            .updateTable("run")
            .set({ ...changedColumns(change), rev: expectedRev + 1, sequence: place.change_sequence })
            .where("id", "=", id)
            .where("rev", "=", expectedRev)
            .returning("id")
            .executeTakeFirst()
          if (written === undefined) return false
          await writeDocuments(db, id, change)
          const version = change.newConfigVersion
          if (version !== undefined) {
            const row = { run: id, version: version.version, created_at: version.createdAt }
            await db
              .insertInto("run_config_version")
              .values({ ...row, config: knownText(version.config) ?? JSON.stringify(version.config) })
              .execute()
          }
          return true
        })
        return changed ? yield* get(id) : yield* new RunChanged({ run: id })
      })
    )

  const move = (id: RunId, expectedRev: number, project: ProjectId, at: number) =>
    session.transaction(
      Effect.gen(function* () {
        const before = yield* get(id)
        if (before.rev !== expectedRev) return yield* new RunChanged({ run: id })
        const counted = before.deletedAt === null ? 1 : 0
        const moved = yield* session
          .query("run.move", async (db) => {
            const left = await advance(db, before.project, at, { runs: -counted, ordinals: 0 })
            const place = await advance(db, project, at, { runs: counted, ordinals: 1 })
            await db
              .insertInto("run_departure")
              .values({
                project: before.project,
                sequence: left.change_sequence,
                ordinal: before.ordinal,
                run: id
              })
              .execute()
            return db
              .updateTable("run")
              .set({
                project,
                idempotency_key: null,
                updated_at: at,
                rev: expectedRev + 1,
                ordinal: Number(place.next_ordinal) - 1,
                sequence: place.change_sequence
              })
              .where("id", "=", id)
              .where("rev", "=", expectedRev)
              .returning("id")
              .executeTakeFirst()
          })
          .pipe(onUniqueViolation(session, () => new RunSlugTaken({ project, slug: before.slug })))
        return moved === undefined ? yield* new RunChanged({ run: id }) : yield* get(id)
      })
    )

  const changedSince = Effect.fnUntraced(function* (project: ProjectId, since: number, limit = 1000) {
    // The sequence is read first: what is committed in between has a higher one and comes with the next call.
    return yield* session.query("run.changedSince", async (db) => {
      const newest = Number(
        (await db.selectFrom("project").select("change_sequence").where("id", "=", project).executeTakeFirst())
          ?.change_sequence ?? 0
      )
      const rows = await selectRuns(db)
        .where("run.project", "=", project)
        .where("run.sequence", ">", since)
        .orderBy("run.sequence")
        .limit(limit + 1)
        .execute()
      const more = rows.length > limit
      const shown = rows.slice(0, limit).map(storedOf)
      const sequence = more ? shown.at(-1)!.sequence : Math.max(newest, shown.at(-1)?.sequence ?? 0)
      const departed = await db
        .selectFrom("run_departure")
        .selectAll()
        .where("project", "=", project)
        .where("sequence", ">", since)
        .where("sequence", "<=", sequence)
        .orderBy("sequence")
        .execute()
      return {
        rows: shown,
        departed: departed.map((row) => ({
          run: RunId.make(row.run),
          ordinal: Number(row.ordinal),
          sequence: Number(row.sequence)
        })),
        sequence,
        more
      }
    })
  })

  return RunStore.of({
    insert,
    get,
    update,
    move,
    changedSince,
    getBySlug: Effect.fnUntraced(function* (project: ProjectId, slug: string) {
      const row = yield* session.query("run.getBySlug", (db) =>
        selectRuns(db).where("run.project", "=", project).where("run.slug", "=", slug).executeTakeFirst()
      )
      return row === undefined ? yield* new RunNotFound({ run: slug }) : storedOf(row)
    }),
    findByIdempotencyKey: Effect.fnUntraced(function* (project: ProjectId, key: string) {
      const row = yield* session.query("run.findByIdempotencyKey", (db) =>
        selectRuns(db).where("run.project", "=", project).where("run.idempotency_key", "=", key).executeTakeFirst()
      )
      return row === undefined ? null : storedOf(row)
    }),
    getMany: (ids) =>
      session.query("run.getMany", async (db) => {
        // What a transaction sees may never be committed.
        if (db === session.db) return known.ofIds(db, ids)
        return (await inGroups(ids, (group) => selectRuns(db).where("run.id", "in", group).execute())).map(storedOf)
      }),
    getByOrdinals: (project, ordinals) =>
      session.query("run.getByOrdinals", async (db) => {
        if (db === session.db) return known.ofOrdinals(db, project, ordinals)
        const rows = await inGroups(ordinals, (group) =>
          selectRuns(db).where("run.project", "=", project).where("run.ordinal", "in", group).execute()
        )
        return rows.map(storedOf)
      }),
    document: (id, kind) => session.query("run.document", (db) => readOne(db, id, kind)),
    documents: (ids) => session.query("run.documents", (db) => documentsOf(db, ids)),
    beat: Effect.fnUntraced(function* (id: RunId, at: number) {
      yield* session.query("run.beat", (db) =>
        db
          .updateTable("run")
          .set({
            heartbeat_at: sql<number>`case when heartbeat_at > ${at} then heartbeat_at else ${at} end`,
            alive_at: sql<number>`case when alive_at > ${at} then alive_at else ${at} end`
          })
          .where("id", "=", id)
          .execute()
      )
      return yield* get(id)
    }),
    configVersions: (id) =>
      session.query("run.configVersions", async (db) => {
        const rows = await db
          .selectFrom("run_config_version")
          .selectAll()
          .where("run", "=", id)
          .orderBy("version")
          .execute()
        return rows.map(
          (row): ConfigVersion => ({
            version: Number(row.version),
            config: JSON.parse(row.config),
            createdAt: row.created_at
          })
        )
      }),
    sequence: (project) =>
      session.query("run.sequence", async (db) =>
        Number((await newestSequence(db, [project]))[0]?.change_sequence ?? 0)
      ),
    silent: (before) =>
      session.query("run.silent", async (db) => {
        const rows = await selectRuns(db)
          .where("run.state", "=", "running")
          .where("run.heartbeat_at", "is not", null)
          .where("run.alive_at", "<", before)
          .execute()
        return rows.map(storedOf)
      }),
    active: (project, endedAfter) =>
      session.query("run.active", async (db) => {
        // Two questions, so that each has an index: among a hundred thousand ended runs few are active.
        const ofProject = selectRuns(db).where("run.project", "=", project)
        const open = await ofProject.where("run.state", "in", openStates).execute()
        const late = await ofProject
          .where("run.finished_at", ">", endedAfter)
          .where("run.state", "not in", openStates)
          .execute()
        const rows = [...open, ...late]
        return rows.map(storedOf)
      })
  })
}
