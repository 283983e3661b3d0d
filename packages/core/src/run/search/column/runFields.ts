/** A run as the fields of the index. */
import { type JsonValue, visitLeaves } from "../../config/flatten.ts"
import type { RunDocuments, StoredRun } from "../../RunStore.ts"
import { durationOf } from "../../runView.ts"
import { deletedColumn } from "../filter/Field.ts"
import { readNonFinite } from "../filter/filterValue.ts"
import type { CellValue } from "./Column.ts"

/** Fields of one document, and metrics, that a run can be found by. What lies beyond is kept but not searched. */
export const maxFieldsPerDocument = 10_000
const maxTextLength = 4_096
const maxFieldLength = 1_100

export type RunFields = ReadonlyMap<string, CellValue>

const cellOf = (value: JsonValue): CellValue | undefined => {
  if (value === null) return undefined
  if (typeof value === "string") return readNonFinite(value) ?? value.slice(0, maxTextLength)
  if (typeof value === "object") return JSON.stringify(value).slice(0, maxTextLength)
  return value
}

export const runFields = (run: StoredRun, documents: RunDocuments): RunFields => {
  const fields = new Map<string, CellValue>()
  const put = (field: string, value: CellValue | null) => {
    if (value !== null && value !== "")
      fields.set(field, typeof value === "string" ? value.slice(0, maxTextLength) : value)
  }
  fields.set(deletedColumn, run.deletedAt !== null)
  put("created", run.createdAt)
  put("duration", durationOf(run) / 1000)
  put("git.commit", run.gitCommit)
  put("group", run.group)
  put("host", run.host)
  put("id", run.id)
  put("job", run.jobType)
  put("name", run.name)
  put("notes", documents.notes)
  put("slug", run.slug)
  put("state", run.state)
  put("updated", run.updatedAt)
  put("user", run.user)
  // A list in one text: runs share few combinations of tags, and the dictionary holds each once.
  if (run.tags.length > 0) fields.set("tag", JSON.stringify(run.tags))

  const putDocument = (prefix: string, document: RunDocuments["config"]) => {
    let count = 0
    visitLeaves(document, (key, value) => {
      if (prefix.length + key.length > maxFieldLength) return true
      const cell = cellOf(value)
      if (cell === undefined) return true
      fields.set(prefix + key, cell)
      return ++count < maxFieldsPerDocument
    })
  }
  putDocument("config.", documents.config)
  putDocument("summary.", documents.summary)

  let metrics = 0
  for (const [key, figures] of Object.entries(documents.figures)) {
    if (metrics++ >= maxFieldsPerDocument || key.length + 6 > maxFieldLength) break
    put(`min(${key})`, figures.min)
    put(`max(${key})`, figures.max)
    put(`mean(${key})`, figures.mean)
    const last = figures.last === null ? undefined : cellOf(figures.last)
    if (last !== undefined && !Object.is(last, fields.get(`summary.${key}`))) fields.set(`last(${key})`, last)
  }
  return fields
}
