/** What can be done with a run's logs: the store's operations with terminal rules and signals around them. */
import { Clock, Context, Effect, Layer, type Stream } from "effect"
import { RunEvents } from "../event/RunEvents.ts"
import type { AppendReceipt, SequenceGap, WriterSequence } from "../metric/MetricStore.ts"
import type { RunId, RunNotFound } from "../run/Run.ts"
import { Runs } from "../run/Runs.ts"
import type { InvalidInput } from "../store/InvalidInput.ts"
import type { StoreError } from "../store/StoreError.ts"
import { checkLogBatch } from "./checkLogBatch.ts"
import { checkLogSearch } from "./checkLogSearch.ts"
import type { LogLine, LogRecord } from "./LogLine.ts"
import { type LogPage, type LogSearch, LogStore, type LogTail } from "./LogStore.ts"
import { resolveRecords } from "./resolveRecords.ts"

export class Logs extends Context.Service<
  Logs,
  {
    /**
     * Raw text keeps what a terminal would show: carriage returns and cursor moves are resolved. A record without a line
     * number whose text has several lines becomes several lines. A line longer than 1 MiB is cut with a marker at its end.
     * At most 10,000 records and 16 MiB of text a call.
     */
    append(
      run: RunId,
      lines: ReadonlyArray<LogRecord>,
      writer?: WriterSequence
    ): Effect.Effect<AppendReceipt, RunNotFound | SequenceGap | InvalidInput | StoreError>
    read(query: {
      readonly run: RunId
      readonly from?: number | undefined
      readonly limit?: number | undefined
      readonly search?: LogSearch | undefined
    }): Effect.Effect<LogPage, InvalidInput | StoreError>
    stream(run: RunId): Stream.Stream<ReadonlyArray<LogLine>, StoreError>
    tail(query: {
      readonly run: RunId
      readonly since: number
      readonly limit?: number | undefined
    }): Effect.Effect<LogTail, StoreError>
    head(run: RunId): Effect.Effect<number, StoreError>
  }
>()("@wanllmdb/core/Logs") {
  static readonly layer = Layer.effect(
    Logs,
    Effect.gen(function* () {
      const store = yield* LogStore
      const runs = yield* Runs
      const events = yield* RunEvents

      const append = Effect.fn("Logs.append")(function* (
        run: RunId,
        records: ReadonlyArray<LogRecord>,
        writer?: WriterSequence
      ) {
        const { project } = yield* runs.locate(run)
        yield* checkLogBatch(records, writer)
        const receivedAt = yield* Clock.currentTimeMillis
        const receipt = yield* store.append({ run, lines: resolveRecords(records), writer, receivedAt })
        if (!receipt.duplicate) yield* events.publish({ project, run, topic: "logs" })
        return receipt
      })

      return Logs.of({
        append,
        read: (query) => Effect.andThen(checkLogSearch(query.search), store.read(query)),
        stream: store.stream,
        tail: store.tail,
        head: store.head
      })
    })
  )
}
