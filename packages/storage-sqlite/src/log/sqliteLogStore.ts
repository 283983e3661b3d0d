/** `LogStore` over the writer and the reader of a SQLite file. */
import { invalidInput, LogStore, SequenceGap, type StoreError } from "@wanllmdb/core"
import { Effect, Option, Stream } from "effect"
import type { StoreConnections } from "../openStore.ts"
import type { ReaderClient } from "../reader/ReaderClient.ts"
import type { ReaderQuery } from "../reader/ReaderQuery.ts"
import { attempt, attemptSync } from "../storeError.ts"
import { logModule } from "./logModule.ts"
import { type LogRead, readLog } from "./readLog.ts"
import { tailLog } from "./tailLog.ts"

/** Lines of one part of a download. */
const streamLines = 2_000

/** The one answer of a query that gives one. */
const only = <Input, Part>(
  reader: ReaderClient,
  operation: string,
  query: ReaderQuery<Input, Part>,
  input: Input
): Effect.Effect<Part, StoreError> =>
  attempt(operation, async () => {
    for await (const part of reader.read(query, input)) return part
    throw new Error(`${query.name} gave no answer`)
  })

export const sqliteLogStore = ({ writer, reader, connection }: StoreConnections): LogStore["Service"] => {
  const read = Effect.fn("logs.read")(function* (query: LogRead) {
    const answer = yield* only(reader, "logs.read", readLog, query)
    if (answer.kind === "page") return answer.page
    const pattern = query.search?.regex ?? ""
    return yield* invalidInput(
      "search",
      "must be a regular expression that ends soon on every line",
      pattern.slice(0, 80)
    )
  })

  return LogStore.of({
    append: Effect.fn("logs.append")(function* (batch) {
      const text = batch.lines.reduce((sum, line) => sum + line.text.length + 64, 0)
      const answer = yield* attempt("logs.append", () => writer.append(logModule, batch, text))
      if (answer.kind === "receipt") return answer.receipt
      const { writer: name = "", sequence = 0 } = batch.writer ?? {}
      return yield* new SequenceGap({ writer: name, expected: answer.expected, got: sequence })
    }),
    read,
    stream: (run) =>
      Stream.paginate(0, (from) =>
        Effect.map(
          Effect.catchTag(read({ run, from, limit: streamLines }), "InvalidInput", Effect.die),
          ({ lines, next }) => [lines.length > 0 ? [lines] : [], Option.fromNullishOr(next)] as const
        )
      ),
    tail: Effect.fn("logs.tail")(function* (query) {
      return yield* only(reader, "logs.tail", tailLog, query)
    }),
    head: Effect.fn("logs.head")(function* (run) {
      return yield* attemptSync("logs.head", () =>
        connection.snapshot(({ prepare }) =>
          Number(prepare("select revision from log_run where run = ?").get(run)?.revision ?? 0)
        )
      )
    }),
    delete: Effect.fn("logs.delete")(function* (run) {
      yield* attempt("logs.delete", () => writer.task<void>(logModule, "delete", { run }))
    })
  })
}
