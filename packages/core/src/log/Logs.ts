/** What can be done with a run's logs: the store's operations with terminal rules and signals around them. */
import { Context, type Effect, type Stream } from "effect"
import type { AppendReceipt, SequenceGap, WriterSequence } from "../metric/MetricStore.ts"
import type { RunId } from "../run/Run.ts"
import type { InvalidInput } from "../store/InvalidInput.ts"
import type { StoreError } from "../store/StoreError.ts"
import type { LogLine, LogRecord } from "./LogLine.ts"
import type { LogPage, LogSearch, LogTail } from "./LogStore.ts"

export class Logs extends Context.Service<
  Logs,
  {
    /** Raw text keeps what a terminal would show: carriage returns and cursor moves are resolved. */
    append(
      run: RunId,
      lines: ReadonlyArray<LogRecord>,
      writer?: WriterSequence
    ): Effect.Effect<AppendReceipt, SequenceGap | InvalidInput | StoreError>
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
>()("@wanllmdb/core/Logs") {}
