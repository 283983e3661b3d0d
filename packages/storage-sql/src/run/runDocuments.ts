/** The documents of runs: one row per kind, JSON but for the notes, read and written only when asked for. */
import {
  defineLater,
  knownText,
  type RunChange,
  type RunDocuments,
  type RunId,
  readDocument,
  runDocumentKinds,
  writeInTurns
} from "@wanllmdb/core"
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
  return document === undefined ? undefined : (knownText(document) ?? JSON.stringify(document))
}

/** Writes large documents out in steps, before a transaction is held up by it. */
export const prepareDocuments = async (change: RunChange): Promise<void> => {
  for (const kind of runDocumentKinds) {
    const document = kind === "notes" ? undefined : change[kind]
    if (document !== undefined) await writeInTurns(document)
  }
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

/** One document of a run; undefined when there is no such run. */
export const readOne = async <K extends keyof RunDocuments>(
  db: Kysely<Tables>,
  run: RunId,
  kind: K
): Promise<RunDocuments[K] | undefined> => {
  const rows = await selectDocuments(db, [run]).where("kind", "=", kind).execute()
  const documents = collect(rows).get(run)
  return documents === undefined ? undefined : readDocument(documents, kind)
}

const selectDocuments = (db: Kysely<Tables>, runs: ReadonlyArray<RunId>) =>
  db.selectFrom("run_document").selectAll().where("run", "in", runs)

/** All documents of the runs. */
export const documentsReader = () => {
  const select = statement(selectDocuments)
  return async (db: Kysely<Tables>, runs: ReadonlyArray<RunId>) =>
    runs.length === 0 ? new Map<RunId, RunDocuments>() : collect(await select(db, runs))
}

type Mutable = { -readonly [K in keyof RunDocuments]: RunDocuments[K] }

/** Documents from this length on are read only when somebody looks at them. */
const laterLength = 16 * 1024

const collect = (
  rows: ReadonlyArray<{ readonly run: string; readonly kind: string; readonly body: string }>
): ReadonlyMap<RunId, RunDocuments> => {
  const found = new Map<RunId, Mutable>()
  for (const { run, kind, body } of rows) {
    const id = run as RunId
    let documents = found.get(id)
    if (documents === undefined) {
      documents = { ...emptyDocuments }
      found.set(id, documents)
    }
    if (body.length >= laterLength && kind !== "notes") defineLater(documents, kind, body)
    else Object.assign(documents, { [kind]: kind === "notes" ? body : body === "{}" ? {} : JSON.parse(body) })
  }
  return found
}
