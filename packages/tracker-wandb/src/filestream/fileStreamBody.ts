/** The body of a `file_stream` call: lines of four numbered files, and what the client says of the run's end. */
import { isFields, type JsonFields } from "../graphql/Variables.ts"
import { badField, ClientFault } from "../wire/ClientFault.ts"

/** Consecutive lines of one file; `offset` is the number of the first. */
export interface FileLines {
  readonly offset: number
  readonly lines: ReadonlyArray<string>
}

export interface FileStreamBody {
  readonly history: FileLines | null
  readonly events: FileLines | null
  readonly output: FileLines | null
  /** The newest line of the summary file, whole. */
  readonly summary: string | null
  readonly complete: boolean
  readonly exitCode: number | null
  readonly preempting: boolean
}

const empty = {}

const maxOffset = 2 ** 48

const linesOf = (files: JsonFields, name: string): FileLines | null => {
  const file = files[name]
  if (file === undefined || file === null) return null
  const path = `files["${name}"]`
  if (!isFields(file)) throw badField(path, "an object", file)
  const { content, offset = 0 } = file
  if (typeof offset !== "number" || !Number.isInteger(offset) || offset < 0 || offset > maxOffset) {
    throw badField(`${path}.offset`, "a whole number of at least 0", offset)
  }
  if (!Array.isArray(content) || !content.every((line) => typeof line === "string")) {
    throw badField(`${path}.content`, "a list of texts", content)
  }
  return { offset, lines: content }
}

const unreadable = (): ClientFault => new ClientFault(400, "body: must be JSON in UTF-8, got bytes that do not parse")

/** A step of its own, because both take milliseconds where bodies have megabytes. */
export const fileStreamText = (bytes: Uint8Array): string => {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes)
  } catch {
    throw unreadable()
  }
}

export const readFileStreamBody = (text: string): FileStreamBody => {
  let parsed: unknown
  try {
    parsed = text === "" ? empty : JSON.parse(text)
  } catch {
    throw unreadable()
  }
  if (!isFields(parsed)) throw badField("body", "an object", parsed)
  const files = parsed.files ?? empty
  if (!isFields(files)) throw badField("files", "an object", files)
  const exitCode = parsed.exitcode ?? null
  if (exitCode !== null && (typeof exitCode !== "number" || !Number.isInteger(exitCode))) {
    throw badField("exitcode", "a whole number", exitCode)
  }
  return {
    history: linesOf(files, "wandb-history.jsonl"),
    events: linesOf(files, "wandb-events.jsonl"),
    output: linesOf(files, "output.log"),
    summary: linesOf(files, "wandb-summary.json")?.lines.at(-1) ?? null,
    complete: parsed.complete === true,
    exitCode,
    preempting: parsed.preempting === true
  }
}
