/** Applies one `file_stream` call to a run: everything is committed before the answer. */
import type { LogRecord, Run } from "@wanllmdb/core"
import { Effect } from "effect"
import type { Call } from "../call/Call.ts"
import { readRunDocument, writeRunDocument } from "../run/runDocument.ts"
import { endState } from "./endState.ts"
import type { FileStreamBody } from "./fileStreamBody.ts"
import { storeOutput } from "./storeOutput.ts"
import { type Rejection, storeRows } from "./storeRows.ts"
import { storeSummary } from "./storeSummary.ts"

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
  if (body.preempting) yield* writeRunDocument(engine, run.id, { preempting: true })
  if (!body.complete) return yield* engine.runs.heartbeat(run.id)
  const exitCode = body.exitCode ?? 0
  const { preempting } = yield* readRunDocument(engine, run.id)
  yield* engine.runs.finish(run.id, { state: endState(exitCode, preempting), exitCode })
  return { stopRequested: false }
})
