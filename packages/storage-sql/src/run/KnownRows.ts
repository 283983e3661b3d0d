/**
 * Rows of runs as they were read last. A row is told apart by its rev and by the few values that change without one, so a page
 * of fifty runs reads six narrow columns and gives the same objects again, which those who show them may recognise.
 */
import { ProjectId, type RunId, type StoredRun } from "@wanllmdb/core"
import type { Kysely } from "kysely"
import { inGroups } from "../inGroups.ts"
import { statement } from "../statements.ts"
import type { Tables } from "../Tables.ts"
import { storedOf } from "./runRow.ts"

export const selectRuns = (db: Kysely<Tables>) =>
  db
    .selectFrom("run")
    .innerJoin("project", "project.id", "run.project")
    .selectAll("run")
    .select(["project.entity", "project.slug as project_slug", "project.deleted_at as project_deleted_at"])

const selectMarks = (db: Kysely<Tables>) =>
  db.selectFrom("run").select(["id", "project", "rev", "heartbeat_at", "alive_at"])

interface Marks {
  readonly id: string
  readonly project: string
  readonly rev: number
  readonly heartbeat_at: number | null
  readonly alive_at: number
}

interface Home {
  readonly entity: string
  readonly slug: string
  readonly deleted_at: number | null
}

const rowLimit = 20_000

export class KnownRows {
  readonly #rows = new Map<string, StoredRun>()
  readonly #byOrdinal = statement((db, [project, ...ordinals]: ReadonlyArray<string | number>) =>
    selectMarks(db)
      .where("project", "=", String(project))
      .where("ordinal", "in", ordinals as ReadonlyArray<number>)
  )
  readonly #byId = statement((db, ids: ReadonlyArray<string>) => selectMarks(db).where("id", "in", ids))
  readonly #whole = statement((db, ids: ReadonlyArray<string>) => selectRuns(db).where("run.id", "in", ids))
  readonly #home = statement((db, [project]: ReadonlyArray<string>) =>
    db.selectFrom("project").select(["entity", "slug", "deleted_at"]).where("id", "=", project!)
  )

  async ofOrdinals(
    db: Kysely<Tables>,
    project: ProjectId,
    ordinals: ReadonlyArray<number>
  ): Promise<ReadonlyArray<StoredRun>> {
    return this.#of(db, await inGroups(ordinals, (group) => this.#byOrdinal(db, [project, ...group])))
  }

  async ofIds(db: Kysely<Tables>, ids: ReadonlyArray<RunId>): Promise<ReadonlyArray<StoredRun>> {
    return this.#of(db, await inGroups(ids, (group) => this.#byId(db, group)))
  }

  async #of(db: Kysely<Tables>, marks: ReadonlyArray<Marks>): Promise<ReadonlyArray<StoredRun>> {
    const homes = new Map<string, Home | undefined>()
    const found: Array<StoredRun> = []
    const missing: Array<string> = []
    for (const mark of marks) {
      const known = this.#rows.get(mark.id)
      if (known === undefined || known.rev !== Number(mark.rev)) {
        missing.push(mark.id)
        continue
      }
      let home = homes.get(mark.project)
      if (home === undefined) {
        home = (await this.#home(db, [mark.project]))[0]
        homes.set(mark.project, home)
      }
      if (home === undefined) continue
      const row = moved(known, mark, home)
      if (row !== known) this.#rows.set(row.id, row)
      found.push(row)
    }
    for (const joined of await inGroups(missing, (group) => this.#whole(db, group))) {
      const row = storedOf(joined)
      if (this.#rows.size >= rowLimit) this.#rows.delete(this.#rows.keys().next().value!)
      this.#rows.set(row.id, row)
      found.push(row)
    }
    return found
  }
}

/** The row with what may change without a rev; the same object where nothing did. */
const moved = (row: StoredRun, mark: Marks, home: Home): StoredRun => {
  const deleted = home.deleted_at !== null
  const same =
    row.heartbeatAt === mark.heartbeat_at &&
    row.aliveAt === mark.alive_at &&
    row.entity === home.entity &&
    row.projectSlug === home.slug &&
    row.projectDeleted === deleted &&
    row.project === mark.project
  if (same) return row
  return {
    ...row,
    project: ProjectId.make(mark.project),
    heartbeatAt: mark.heartbeat_at,
    aliveAt: mark.alive_at,
    entity: home.entity,
    projectSlug: home.slug,
    projectDeleted: deleted
  }
}
