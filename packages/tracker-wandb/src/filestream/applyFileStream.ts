/** Applies one `file_stream` call to a run: everything is committed before the answer. */
import type { LogRecord, Run } from "@wanllmdb/core"
import { Effect } from "effect"
import type { Call } from "../call/Call.ts"
import { isFields } from "../graphql/Variables.ts"
import { parseExtendedJson } from "../wire/extendedJson.ts"
import { toJson } from "../wire/toJson.ts"
import { consoleRecord } from "./consoleLine.ts"
import type { FileLines, FileStreamBody } from "./fileStreamBody.ts"
import { type Rejection, storeRows } from "./storeRows.ts"
import { summaryPatch } from "./summaryPatch.ts"

const logLinesAtOnce = 5_000
/** Named in the run's log; the rest is counted. */
const mostNamed = 20

/** What the run's log says of values that could not be kept: the client does not read answers. */
const rejectionLines = (rejections: ReadonlyArray<Rejection>): ReadonlyArray<LogRecord> => {
  const named = rejections.slice(0, mostNamed).map(
    ({ name, row, rule }): LogRecord => ({
      level: "warn",
      stream: "wanllmdb",
      text: `row ${row}: ${name === "" ? "" : `${JSON.stringify(name)}: `}${rule}; not kept`
    })
  )
  const rest = rejections.length - named.length
  return rest === 0
    ? named
    : [...named, { level: "warn", stream: "wanllmdb", text: `and ${rest} more values that were not kept` }]
}

export const applyFileStream = Effect.fnUntraced(function* (
  call: Call,
  run: Pick<Run, "id">,
  body: FileStreamBody,
  client: string
) {
  const { engine } = call
  const rejections: Array<Rejection> = []
  const onReject = (rejection: Rejection) => {
    rejections.push(rejection)
  }
  for (const file of ["history", "events"] as const) {
    const rows = body[file]
    if (rows !== null) yield* storeRows(engine, { run: run.id, file, client, rows, onReject })
  }
  if (body.output !== null) yield* storeOutput(call, run, body.output, client)
  if (rejections.length > 0) yield* engine.logs.append(run.id, rejectionLines(rejections))
  if (body.summary !== null) yield* storeSummary(call, run, body.summary)
  if (body.complete) {
    const exitCode = body.exitCode ?? 0
    yield* engine.runs.finish(run.id, { state: exitCode === 0 ? "finished" : "failed", exitCode })
    return { stopRequested: false }
  }
  return yield* engine.runs.heartbeat(run.id)
})

const storeOutput = Effect.fnUntraced(function* (call: Call, run: Pick<Run, "id">, output: FileLines, client: string) {
  const { lines, offset } = output
  for (let from = 0; from < lines.length; from += logLinesAtOnce) {
    const records = lines
      .slice(from, from + logLinesAtOnce)
      .map((text, i) => consoleRecord(text, offset + from + i, client))
    yield* call.engine.logs.append(run.id, records)
    yield* Effect.yieldNow
  }
})

const storeSummary = Effect.fnUntraced(function* (call: Call, run: Pick<Run, "id">, line: string) {
  let parsed: unknown
  try {
    parsed = parseExtendedJson(line)
  } catch {
    return
  }
  if (!isFields(parsed)) return
  const present = yield* call.engine.runs.get(run.id)
  const patch = summaryPatch(toJson(parsed), present.summary)
  if (patch !== null) yield* call.engine.runs.update(run.id, { summary: patch })
})
