/** The console of a run for the public API: page by page, or its newest lines. */
import type { LogLine, Run } from "@wanllmdb/core"
import { Effect } from "effect"
import type { Call } from "../call/Call.ts"
import { settle } from "../call/settle.ts"
import type { Operations } from "../graphql/Operation.ts"
import { badField } from "../wire/ClientFault.ts"
import { readRun } from "./readPlace.ts"

const mostLines = 10_000

const lineNode = ({ index, level, process, stream, text, timeMs }: LogLine) => ({
  number: index,
  timestamp: new Date(timeMs).toISOString(),
  level: level === "error" || stream === "stderr" ? "error" : "",
  label: process,
  line: text
})

const edgesOf = (lines: ReadonlyArray<LogLine>) =>
  lines.map((line) => ({ node: lineNode(line), cursor: String(line.index + 1) }))

/** Lines from `from` (negative: from the end), `limit` of them, over the store's own pages. */
const readLines = Effect.fnUntraced(function* (engine: Call["engine"], run: Run, from: number, limit: number) {
  const lines: Array<LogLine> = []
  let next: number | null = from
  let total = 0
  while (next !== null && lines.length < limit) {
    const page: { readonly lines: ReadonlyArray<LogLine>; readonly next: number | null; readonly total: number } =
      yield* engine.logs.read({ run: run.id, from: next, limit: limit - lines.length })
    lines.push(...page.lines)
    total = page.total
    next = page.next
  }
  return { lines, next, total }
})

export const consoleOperations: Operations = {
  RunConsoleLogPage: async (variables, call) => {
    const run = await readRun(variables, call, "runName")
    if (run === null) return { project: { run: null } }
    const after = variables.text("after")
    const from = after === null || after === "" ? 0 : Number(after)
    if (!Number.isSafeInteger(from) || from < 0) throw badField("variables.after", "a cursor that a page gave", after)
    const limit = Math.max(1, variables.count("first", 1_000, mostLines))
    const { lines, next, total } = await settle(readLines(call.engine, run, from, limit))
    const pageInfo = { endCursor: next === null ? null : String(next), hasNextPage: next !== null }
    return { project: { run: { logLineCount: total, logLines: { edges: edgesOf(lines), pageInfo } } } }
  },

  RunConsoleLogTail: async (variables, call) => {
    const run = await readRun(variables, call, "runName")
    if (run === null) return { project: { run: null } }
    const last = variables.count("last", 1_000, mostLines)
    const { lines, total } =
      last === 0
        ? { lines: [], total: (await settle(readLines(call.engine, run, 0, 1))).total }
        : await settle(readLines(call.engine, run, -last, last))
    return { project: { run: { logLineCount: total, logLines: { edges: edgesOf(lines) } } } }
  }
}
