/** The port behind which log lines are kept, in chunks of about a thousand lines. An adapter passes `logStoreContract`. */
import { Context, type Effect, type Stream } from "effect"
import type { AppendReceipt, SequenceGap, WriterSequence } from "../metric/MetricStore.ts"
import type { RunId } from "../run/Run.ts"
import type { InvalidInput } from "../store/InvalidInput.ts"
import type { StoreError } from "../store/StoreError.ts"
import type { LogLevel, LogLine, LogRecord } from "./LogLine.ts"

export interface LogAppend {
  readonly run: RunId
  readonly lines: ReadonlyArray<LogRecord>
  readonly writer?: WriterSequence | undefined
  /** Used for lines that carry no time, Unix milliseconds. */
  readonly receivedAt: number
}

export interface LogSearch {
  /** Plain text without regard to case; empty matches all. */
  readonly text?: string | undefined
  /** A JavaScript regular expression, with regard to case; `^` and `$` are the ends of a line. */
  readonly regex?: string | undefined
  readonly levels?: ReadonlyArray<LogLevel> | undefined
  readonly streams?: ReadonlyArray<string> | undefined
  readonly process?: string | undefined
  readonly fromTimeMs?: number | undefined
  readonly toTimeMs?: number | undefined
}

export interface LogPage {
  readonly lines: ReadonlyArray<LogLine>
  /** `from` of the next page, null at the end. A search that takes long gives what it has found so far, perhaps nothing. */
  readonly next: number | null
  /** Lines of the run, whether they match or not. */
  readonly total: number
}

export interface LogTail {
  /** New and rewritten lines since the cursor, the newest revision of each. */
  readonly lines: ReadonlyArray<LogLine>
  readonly cursor: number
  readonly reset: boolean
}

export class LogStore extends Context.Service<
  LogStore,
  {
    /**
     * Appends and answers after the durable commit. A line number that is stored already is replaced. Batches of a writer
     * are numbered per run apart from those of its metrics. `accepted` counts lines; a repeat of an older batch than the
     * writer's last answers zeros.
     */
    append(batch: LogAppend): Effect.Effect<AppendReceipt, SequenceGap | StoreError>
    /**
     * Lines from index `from` on (default 0; negative counts from the end), at most `limit` (default 1,000, at most 10,000),
     * that match the search. A page ends early after about 8 MiB of text. Scans off the event loop. A regular expression
     * that would run for ever is refused.
     */
    read(query: {
      readonly run: RunId
      readonly from?: number | undefined
      readonly limit?: number | undefined
      readonly search?: LogSearch | undefined
    }): Effect.Effect<LogPage, InvalidInput | StoreError>
    /** The whole log in order, for download, in parts of bounded size. */
    stream(run: RunId): Stream.Stream<ReadonlyArray<LogLine>, StoreError>
    /** What changed after the cursor, oldest change first; `since` 0 gives every line. Default and most lines as `read`. */
    tail(query: {
      readonly run: RunId
      readonly since: number
      readonly limit?: number | undefined
    }): Effect.Effect<LogTail, StoreError>
    /** The cursor after everything that is stored. */
    head(run: RunId): Effect.Effect<number, StoreError>
    delete(run: RunId): Effect.Effect<void, StoreError>
  }
>()("@wanllmdb/core/LogStore") {}
