import {
  type AppendReceipt,
  type LogPage,
  type LogRecord,
  type LogSearch,
  LogStore,
  type LogTail,
  RunId,
  SequenceGap
} from "@wanllmdb/core"
import { memoryLogStore } from "@wanllmdb/core/testing"
import { Effect, ManagedRuntime, Stream } from "effect"
import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { sqlite } from "../../src/sqlite.ts"
import { temporaryFile } from "../temporaryFile.ts"

const scale = Number(process.env.WANLLMDB_FUZZ ?? 1)
const run = RunId.make("a".repeat(32))

type Logs = LogStore["Service"]

const text = fc.oneof(
  fc.constantFrom(
    "epoch 1 loss=0.5",
    "epoch 2 LOSS=0.25",
    "",
    "Straße ΟΔΟΣ",
    "a\nb",
    "x".repeat(300),
    "needle",
    "İ needle"
  ),
  fc.string({ maxLength: 12 }),
  fc.string({ unit: "grapheme", maxLength: 8 })
)

const record: fc.Arbitrary<LogRecord> = fc.record(
  {
    text,
    line: fc.oneof(fc.nat(30), fc.nat(3_000)),
    timeMs: fc.oneof(fc.nat(1_000), fc.double({ min: -1e6, max: 1e6, noNaN: true })),
    level: fc.constantFrom("debug", "info", "warn", "error"),
    stream: fc.constantFrom("stdout", "stderr", "logger"),
    process: fc.constantFrom("", "rank0", "rank1")
  },
  { requiredKeys: ["text"] }
)

/** Few records as they are, many by repetition, so that chunks fill up. */
const batch = fc.oneof(
  { weight: 3, arbitrary: fc.array(record, { maxLength: 12 }) },
  {
    weight: 1,
    arbitrary: fc
      .tuple(fc.array(record, { minLength: 1, maxLength: 6 }), fc.integer({ min: 100, max: 1_400 }))
      .map(([records, count]) =>
        Array.from({ length: count }, (_, at): LogRecord => {
          const { line: _line, ...rest } = records[at % records.length]!
          return { ...rest, text: `${rest.text} ${at}` }
        })
      )
  }
)

const search: fc.Arbitrary<LogSearch> = fc.record(
  {
    text: fc.constantFrom("loss", "NEEDLE", "straße", "οδος", "1", "", "i̇ needle"),
    regex: fc.constantFrom("loss=\\d", "^epoch", "9$", "needle|x{3}", "(?!.)", "[^e]o", "\\s1", "b$", "^$", "."),
    levels: fc.subarray(["debug", "info", "warn", "error"] as const),
    streams: fc.subarray(["stdout", "stderr", "logger", "none"]),
    process: fc.constantFrom("", "rank0", "none"),
    fromTimeMs: fc.nat(1_000),
    toTimeMs: fc.nat(1_000)
  },
  { requiredKeys: [] }
)

type Step =
  | {
      readonly kind: "append"
      readonly lines: ReadonlyArray<LogRecord>
      readonly skip: number
      readonly writer: string
    }
  | { readonly kind: "read"; readonly from: number; readonly limit: number; readonly search: LogSearch | undefined }
  | { readonly kind: "tail"; readonly since: number; readonly limit: number }
  | { readonly kind: "restart" }

const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({
      kind: fc.constant("append" as const),
      lines: batch,
      // 0 is the next sequence, below it repeats, above it gaps.
      skip: fc.constantFrom(0, 0, 0, 0, -1, -2, 1),
      writer: fc.constantFrom("a", "b", "")
    })
  },
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constant("read" as const),
      from: fc.integer({ min: -500, max: 4_000 }),
      limit: fc.oneof(fc.integer({ min: 1, max: 40 }), fc.constant(10_000)),
      search: fc.option(search, { nil: undefined })
    })
  },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant("tail" as const),
      since: fc.nat(6_000),
      limit: fc.oneof(fc.integer({ min: 1, max: 40 }), fc.constant(10_000))
    })
  },
  { weight: 1, arbitrary: fc.constant({ kind: "restart" as const }) }
)

const attempt = <A, E>(effect: Effect.Effect<A, E>) =>
  Effect.map(Effect.result(effect), (result) =>
    result._tag === "Success"
      ? result.success
      : result.failure instanceof SequenceGap
        ? { gap: result.failure.expected }
        : Effect.runSync(Effect.die(result.failure))
  )

type Answer = AppendReceipt | LogPage | LogTail | { readonly gap: number }

const perform = (
  store: Logs,
  action: Exclude<Step, { kind: "restart" }>,
  sequences: ReadonlyMap<string, number>
): Effect.Effect<Answer> => {
  if (action.kind === "read") return attempt(store.read({ run, ...action }))
  if (action.kind === "tail") return attempt(store.tail({ run, ...action }))
  const { writer, lines, skip } = action
  const sequence = Math.max(1, (sequences.get(writer) ?? 0) + 1 + skip)
  return attempt(
    store.append({ run, lines, receivedAt: 500, ...(writer === "" ? {} : { writer: { writer, sequence } }) })
  )
}

describe("logs in SQLite", () => {
  it("equal the naive model under revisions, retries, gaps, folding and restarts", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 25 }), async (steps) => {
        const { layer } = sqlite({ file: temporaryFile(), threads: "inline", durability: "process" })
        const model = ManagedRuntime.make(memoryLogStore)
        let store = ManagedRuntime.make(layer)
        const sequences = new Map<string, number>()
        try {
          for (const action of steps) {
            if (action.kind === "restart") {
              await store.dispose()
              store = ManagedRuntime.make(layer)
              continue
            }
            const use = (runtime: ManagedRuntime.ManagedRuntime<LogStore, unknown>) =>
              runtime.runPromise(Effect.flatMap(LogStore, (logs) => perform(logs, action, sequences)))
            const expected = await use(model)
            expect(await use(store)).toEqual(expected)
            if (action.kind === "append" && action.writer !== "" && "duplicate" in expected && !expected.duplicate) {
              sequences.set(action.writer, (sequences.get(action.writer) ?? 0) + 1)
            }
          }
          const whole = Effect.flatMap(LogStore, (logs) =>
            Effect.all([Stream.runCollect(logs.stream(run)), logs.head(run)])
          )
          const [expected, expectedHead] = await model.runPromise(whole)
          const [parts, head] = await store.runPromise(whole)
          expect([parts.flat(), head]).toEqual([expected.flat(), expectedHead])
        } finally {
          await store.dispose()
          await model.dispose()
        }
      }),
      { numRuns: 25 * scale }
    )
  })
})
