/** A `LogStore` in memory: the naive model that other adapters are compared with. */
import { Effect, Layer, Stream } from "effect"
import type { LogLine, LogRecord } from "../../log/LogLine.ts"
import { type LogAppend, LogStore } from "../../log/LogStore.ts"
import { lineMatcher } from "../../log/lineMatcher.ts"
import { type AppendReceipt, SequenceGap } from "../../metric/MetricStore.ts"
import type { RunId } from "../../run/Run.ts"

interface Entry {
  line: LogLine
  revision: number
}

const maxPageText = 8 * 1024 * 1024

/** One run's log. */
class MemoryLog {
  readonly entries: Array<Entry> = []
  readonly #byPlace = new Map<string, number>()
  readonly #next = new Map<string, number>()
  readonly #writers = new Map<string, { readonly sequence: number; readonly receipt: AppendReceipt }>()
  #batches = 0
  revision = 0

  append(batch: LogAppend): AppendReceipt | SequenceGap {
    const { writer } = batch
    if (writer !== undefined) {
      const last = this.#writers.get(writer.writer)
      const expected = (last?.sequence ?? 0) + 1
      if (writer.sequence > expected) {
        return new SequenceGap({ writer: writer.writer, expected, got: writer.sequence })
      }
      if (last !== undefined && writer.sequence === last.sequence) return { ...last.receipt, duplicate: true }
      if (writer.sequence < expected) return { sequence: 0, duplicate: true, accepted: 0, rejected: 0 }
    }
    for (const record of batch.lines) this.#put(record, batch.receivedAt)
    const receipt = { sequence: ++this.#batches, duplicate: false, accepted: batch.lines.length, rejected: 0 }
    if (writer !== undefined) this.#writers.set(writer.writer, { sequence: writer.sequence, receipt })
    return receipt
  }

  #put(record: LogRecord, receivedAt: number): void {
    const { stream = "stdout", process = "" } = record
    const source = JSON.stringify([process, stream])
    const number = record.line ?? this.#next.get(source) ?? 0
    this.#next.set(source, Math.max(this.#next.get(source) ?? 0, number + 1))
    const place = `${source}${number}`
    const index = this.#byPlace.get(place) ?? this.entries.length
    this.#byPlace.set(place, index)
    this.entries[index] = {
      revision: ++this.revision,
      line: {
        index,
        line: number,
        timeMs: record.timeMs ?? receivedAt,
        level: record.level ?? null,
        stream,
        process,
        text: record.text
      }
    }
  }
}

/** As many of the entries as a page may hold, and the first that did not fit. */
const page = (entries: ReadonlyArray<Entry>, limit: number) => {
  const most = Math.min(Math.max(1, limit), 10_000)
  let text = 0
  let end = 0
  while (end < entries.length && end < most && (end === 0 || text < maxPageText))
    text += entries[end++]!.line.text.length
  return { taken: entries.slice(0, end), rest: entries[end] }
}

export const memoryLogStore: Layer.Layer<LogStore> = Layer.sync(LogStore, () => {
  const logs = new Map<RunId, MemoryLog>()
  const logOf = (run: RunId) => logs.get(run) ?? new MemoryLog()
  return LogStore.of({
    append: (batch) =>
      Effect.suspend(() => {
        const log = logOf(batch.run)
        logs.set(batch.run, log)
        const answer = log.append(batch)
        return answer instanceof SequenceGap ? Effect.fail(answer) : Effect.succeed(answer)
      }),
    read: ({ run, from = 0, limit = 1_000, search }) =>
      Effect.sync(() => {
        const { entries } = logOf(run)
        const start = from < 0 ? Math.max(0, entries.length + from) : from
        const matches = search === undefined ? () => true : lineMatcher(search)
        const { taken, rest } = page(
          entries.slice(start).filter((entry) => matches(entry.line)),
          limit
        )
        return { lines: taken.map((entry) => entry.line), next: rest?.line.index ?? null, total: entries.length }
      }),
    stream: (run) =>
      Stream.suspend(() => {
        const { entries } = logOf(run)
        const parts = Array.from({ length: Math.ceil(entries.length / 1_000) }, (_, part) =>
          entries.slice(part * 1_000, (part + 1) * 1_000).map((entry) => entry.line)
        )
        return Stream.fromIterable(parts)
      }),
    tail: ({ run, since, limit = 1_000 }) =>
      Effect.sync(() => {
        const log = logOf(run)
        if (since > log.revision) return { lines: [], cursor: log.revision, reset: true }
        const changed = log.entries.filter((entry) => entry.revision > since).sort((a, b) => a.revision - b.revision)
        const { taken, rest } = page(changed, limit)
        const cursor = rest === undefined ? log.revision : taken.at(-1)!.revision
        return { lines: taken.map((entry) => entry.line), cursor, reset: false }
      }),
    head: (run) => Effect.sync(() => logOf(run).revision),
    delete: (run) => Effect.sync(() => void logs.delete(run))
  })
})
