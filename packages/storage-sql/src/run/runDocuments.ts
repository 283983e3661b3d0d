/** The documents of runs: one row per kind, JSON but for the notes, read and written only when asked for. */
import { type RunChange, type RunDocuments, type RunId, runDocumentKinds } from "@wanllmdb/core"
import type { Kysely } from "kysely"
import { statement } from "../statements.ts"
import type { Tables } from "../Tables.ts"

const emptyDocuments: RunDocuments = {
  notes: "",
  config: {},
  userSummary: {},
  summary: {},
  figures: {},
  environment: null
}

const bodyOf = (kind: (typeof runDocumentKinds)[number], documents: Partial<RunDocuments>): string | undefined => {
  if (kind === "notes") return documents.notes
  const document = documents[kind]
  return document === undefined ? undefined : JSON.stringify(document)
}

/** Writes those documents that the change holds, in one statement. */
export const writeDocuments = async (db: Kysely<Tables>, run: RunId, change: RunChange): Promise<void> => {
  const rows = runDocumentKinds.flatMap((kind) => {
    const body = bodyOf(kind, change)
    return body === undefined ? [] : [{ run, kind, body }]
  })
  if (rows.length === 0) return
  await db
    .insertInto("run_document")
    .values(rows)
    .onConflict((conflict) =>
      conflict.columns(["run", "kind"]).doUpdateSet((eb) => ({ body: eb.ref("excluded.body") }))
    )
    .execute()
}

/** All documents of the runs, or those of one kind; the others are then as if empty. */
export const readDocuments = async (
  db: Kysely<Tables>,
  runs: ReadonlyArray<RunId>,
  only?: keyof RunDocuments
): Promise<ReadonlyMap<RunId, RunDocuments>> => {
  if (runs.length === 0) return new Map()
  const all = selectDocuments(db, runs)
  return collect(await (only === undefined ? all : all.where("kind", "=", only)).execute())
}

const selectDocuments = (db: Kysely<Tables>, runs: ReadonlyArray<RunId>) =>
  db.selectFrom("run_document").selectAll().where("run", "in", runs)

/** `readDocuments` of all kinds, for those who ask often. */
export const documentsReader = () => {
  const select = statement(selectDocuments)
  return async (db: Kysely<Tables>, runs: ReadonlyArray<RunId>) =>
    runs.length === 0 ? new Map<RunId, RunDocuments>() : collect(await select(db, runs))
}

type Mutable = { -readonly [K in keyof RunDocuments]: RunDocuments[K] }

/** Documents from this length on are read one a turn of the event loop: one of ten megabytes takes a tenth of a second. */
const largeLength = 256 * 1024

const turn = () => new Promise<void>((resolve) => setTimeout(resolve, 0))

const collect = async (
  rows: ReadonlyArray<{ readonly run: string; readonly kind: string; readonly body: string }>
): Promise<ReadonlyMap<RunId, RunDocuments>> => {
  const found = new Map<RunId, Mutable>()
  for (const { run, kind, body } of rows) {
    const id = run as RunId
    let documents = found.get(id)
    if (documents === undefined) {
      documents = { ...emptyDocuments }
      found.set(id, documents)
    }
    if (body.length >= largeLength && kind !== "notes") await turn()
    Object.assign(documents, { [kind]: kind === "notes" ? body : body === "{}" ? {} : JSON.parse(body) })
  }
  return found
}
