/** What every `LogStore` keeps: order, replacement, retries, search and tails. */
import { strict as assert } from "node:assert"
import { Effect, Stream } from "effect"
import type { LogLine, LogRecord } from "../../log/LogLine.ts"
import { LogStore } from "../../log/LogStore.ts"
import { RunId } from "../../run/Run.ts"
import { newIdentifier } from "../../store/Identifier.ts"
import type { ContractCase } from "../ContractCase.ts"

const receivedAt = 1_790_000_000_000
const texts = (lines: ReadonlyArray<LogLine>) => lines.map((line) => line.text)
const numbered = (count: number, from = 0): Array<LogRecord> =>
  Array.from({ length: count }, (_, at) => ({ text: `line ${from + at}` }))

/** The store, an id that no other case uses, and a shorthand for appending to it. */
const setup = Effect.gen(function* () {
  const store = yield* LogStore
  const run = RunId.make(yield* newIdentifier)
  const append = (lines: ReadonlyArray<LogRecord>, sequence?: number, writer = "w") =>
    store.append({ run, lines, receivedAt, ...(sequence === undefined ? {} : { writer: { writer, sequence } }) })
  return { store, run, append }
})

export const logStoreContract: ReadonlyArray<ContractCase<LogStore>> = [
  {
    name: "gives back lines as they came, with defaults filled in",
    run: Effect.gen(function* () {
      const { store, run, append } = yield* setup
      const receipt = yield* append([
        { text: "first" },
        { text: "ünï\u{1f600}\ncode", stream: "stderr", level: "error", timeMs: 12.5, process: "rank1", line: 7 },
        { text: "" }
      ])
      assert.deepEqual(receipt, { sequence: 1, duplicate: false, accepted: 3, rejected: 0 })
      const page = yield* store.read({ run })
      const base = { timeMs: receivedAt, level: null, stream: "stdout", process: "" }
      assert.deepEqual(page, {
        lines: [
          { ...base, index: 0, line: 0, text: "first" },
          {
            index: 1,
            line: 7,
            timeMs: 12.5,
            level: "error",
            stream: "stderr",
            process: "rank1",
            text: "ünï\u{1f600}\ncode"
          },
          { ...base, index: 2, line: 1, text: "" }
        ],
        next: null,
        total: 3
      })
    })
  },
  {
    name: "an unknown run is an empty log",
    run: Effect.gen(function* () {
      const { store, run } = yield* setup
      assert.deepEqual(yield* store.read({ run }), { lines: [], next: null, total: 0 })
      assert.deepEqual(yield* store.tail({ run, since: 0 }), { lines: [], cursor: 0, reset: false })
      assert.equal(yield* store.head(run), 0)
      assert.deepEqual(yield* Stream.runCollect(store.stream(run)), [])
      yield* store.delete(run)
    })
  },
  {
    name: "pages forward without a gap and from the end",
    run: Effect.gen(function* () {
      const { store, run, append } = yield* setup
      yield* append(numbered(1_700))
      yield* append(numbered(1_300, 1_700))
      const seen: Array<string> = []
      let from: number | null = 0
      while (from !== null) {
        const page: { readonly lines: ReadonlyArray<LogLine>; readonly next: number | null; readonly total: number } =
          yield* store.read({ run, from, limit: 701 })
        assert.equal(page.total, 3_000)
        seen.push(...texts(page.lines))
        from = page.next
      }
      assert.deepEqual(seen, texts(yield* Effect.map(store.read({ run, limit: 10_000 }), (page) => page.lines)))
      assert.equal(seen[2_999], "line 2999")
      assert.deepEqual(texts((yield* store.read({ run, from: -2 })).lines), ["line 2998", "line 2999"])
      assert.equal((yield* store.read({ run, from: -9_999, limit: 1 })).lines[0]!.index, 0)
      assert.deepEqual(yield* store.read({ run, from: 3_000 }), { lines: [], next: null, total: 3_000 })
      assert.equal((yield* store.read({ run })).lines.length, 1_000)
    })
  },
  {
    name: "a later record replaces its line and keeps its place",
    run: Effect.gen(function* () {
      const { store, run, append } = yield* setup
      yield* append(numbered(2_500))
      yield* append([{ line: 3, text: "again", level: "warn", timeMs: 5 }])
      yield* append([
        { line: 2_499, text: "bar 1 %" },
        { line: 2_499, text: "bar 2 %" },
        { line: 2_499, text: "other source", process: "rank1" }
      ])
      const page = yield* store.read({ run, limit: 10_000 })
      assert.equal(page.total, 2_501)
      assert.deepEqual(page.lines[3], {
        index: 3,
        line: 3,
        timeMs: 5,
        level: "warn",
        stream: "stdout",
        process: "",
        text: "again"
      })
      assert.equal(page.lines[2_499]!.text, "bar 2 %")
      assert.equal(page.lines[2_500]!.process, "rank1")
    })
  },
  {
    name: "lines without a number follow the highest of their stream",
    run: Effect.gen(function* () {
      const { store, run, append } = yield* setup
      yield* append([{ line: 10, text: "a" }, { text: "b" }, { text: "c", stream: "stderr" }])
      yield* append([{ line: 2, text: "d" }, { text: "e" }])
      const { lines } = yield* store.read({ run })
      assert.deepEqual(
        lines.map((line) => [line.stream, line.line, line.text]),
        [
          ["stdout", 10, "a"],
          ["stdout", 11, "b"],
          ["stderr", 0, "c"],
          ["stdout", 2, "d"],
          ["stdout", 12, "e"]
        ]
      )
    })
  },
  {
    name: "a retried batch never doubles and a gap stores nothing",
    run: Effect.gen(function* () {
      const { store, run, append } = yield* setup
      yield* append([{ text: "a" }, { text: "b" }], 1)
      const repeat = yield* append([{ text: "a" }, { text: "b" }], 1)
      assert.deepEqual(repeat, { sequence: 1, duplicate: true, accepted: 2, rejected: 0 })
      const gap = yield* Effect.flip(append([{ text: "d" }], 3))
      assert.ok(gap._tag === "SequenceGap" && gap.expected === 2 && gap.got === 3 && gap.writer === "w")
      assert.equal((yield* append([{ text: "c" }], 2)).sequence, 2)
      assert.deepEqual(yield* append([{ text: "a" }], 1), { sequence: 0, duplicate: true, accepted: 0, rejected: 0 })
      assert.equal((yield* Effect.flip(append([], 2, "other")))._tag, "SequenceGap")
      assert.equal((yield* append([{ text: "d" }], 1, "other")).sequence, 3)
      assert.deepEqual(texts((yield* store.read({ run })).lines), ["a", "b", "c", "d"])
    })
  },
  {
    name: "search finds text without regard to case, in order, page by page",
    run: Effect.gen(function* () {
      const { store, run, append } = yield* setup
      const lines = numbered(2_600).map((line, at) => (at % 500 === 3 ? { text: `Epoch ${at} LOSS=ü` } : line))
      yield* append(lines)
      const all = yield* store.read({ run, search: { text: "loss=Ü" } })
      assert.deepEqual(
        all.lines.map((line) => line.index),
        [3, 503, 1_003, 1_503, 2_003, 2_503]
      )
      const first = yield* store.read({ run, search: { text: "loss=" }, limit: 4 })
      assert.equal(first.next, 2_003)
      const rest = yield* store.read({ run, search: { text: "loss=" }, limit: 4, from: 2_003 })
      assert.deepEqual([rest.lines.map((line) => line.index), rest.next], [[2_003, 2_503], null])
      assert.equal((yield* store.read({ run, search: { text: "9\nline" } })).lines.length, 0)
      assert.equal((yield* store.read({ run, search: { text: "" } })).lines.length, 1_000)
    })
  },
  {
    name: "search by regular expression treats each line as a whole",
    run: Effect.gen(function* () {
      const { store, run, append } = yield* setup
      yield* append(["loss 1", "Loss 2", "no loss", "loss", "x", "loss x"].map((text) => ({ text })))
      const found = (regex: string) =>
        Effect.map(store.read({ run, search: { regex } }), (page) => page.lines.map((line) => line.index))
      assert.deepEqual(yield* found("^loss"), [0, 3, 5])
      assert.deepEqual(yield* found("loss$"), [2, 3])
      assert.deepEqual(yield* found("[Ll]oss \\d"), [0, 1])
      assert.deepEqual(yield* found("loss(?!\\s)"), [2, 3])
      assert.deepEqual(yield* found("loss\\s+x"), [5])
      assert.deepEqual(yield* found("(.)\\1 x"), [5])
      assert.deepEqual(yield* found("[^q]*x"), [4, 5])
      assert.deepEqual(yield* found(""), [0, 1, 2, 3, 4, 5])
      assert.deepEqual(yield* found("loss|$^"), [0, 2, 3, 5])
    })
  },
  {
    name: "filters by level, stream, process and time together with text",
    run: Effect.gen(function* () {
      const { store, run, append } = yield* setup
      yield* append(
        Array.from({ length: 3_000 }, (_, at) => ({
          text: `line ${at}`,
          timeMs: at,
          stream: at % 2 === 0 ? "stdout" : "stderr",
          process: at % 3 === 0 ? "rank0" : "rank1",
          ...(at % 1_000 === 999 ? { level: "error" as const } : {})
        }))
      )
      const found = (search: Parameters<typeof store.read>[0]["search"]) =>
        Effect.map(store.read({ run, search }), (page) => page.lines.map((line) => line.index))
      assert.deepEqual(yield* found({ levels: ["error"] }), [999, 1_999, 2_999])
      assert.deepEqual(yield* found({ levels: ["error", "warn"], process: "rank0" }), [999])
      assert.deepEqual(yield* found({ fromTimeMs: 1_500, toTimeMs: 1_504, streams: ["stdout"] }), [1_500, 1_502, 1_504])
      assert.deepEqual(yield* found({ streams: ["other"] }), [])
      assert.deepEqual(yield* found({ text: "line 1999", streams: ["stderr"] }), [1_999])
      assert.deepEqual(yield* found({ text: "line 1999", regex: "8$" }), [])
    })
  },
  {
    name: "a search sees the newest revision only",
    run: Effect.gen(function* () {
      const { store, run, append } = yield* setup
      yield* append([...numbered(1_200), { text: "needle" }])
      yield* append([
        { line: 5, text: "needle" },
        { line: 1_200, text: "gone", level: "error" }
      ])
      const { lines } = yield* store.read({ run, search: { text: "needle" } })
      assert.deepEqual(
        lines.map((line) => line.index),
        [5]
      )
      assert.equal((yield* store.read({ run, search: { levels: ["error"] } })).lines[0]!.text, "gone")
    })
  },
  {
    name: "a tail from any cursor gives what changed, once, and a rewritten line again",
    run: Effect.gen(function* () {
      const { store, run, append } = yield* setup
      yield* append(numbered(1_500))
      const cursor = yield* store.head(run)
      assert.deepEqual(yield* store.tail({ run, since: cursor }), { lines: [], cursor, reset: false })
      yield* append([{ text: "new" }, { line: 0, text: "rewritten" }, { line: 0, text: "rewritten twice" }])
      const tail = yield* store.tail({ run, since: cursor })
      assert.deepEqual(texts(tail.lines), ["new", "rewritten twice"])
      assert.equal(tail.cursor, yield* store.head(run))
      const seen: Array<LogLine> = []
      let since = 0
      while (since < tail.cursor) {
        const part = yield* store.tail({ run, since, limit: 400 })
        seen.push(...part.lines)
        assert.ok(part.cursor > since && part.lines.length <= 400)
        since = part.cursor
      }
      assert.equal(seen.length, 1_501)
      assert.equal(new Set(seen.map((line) => line.index)).size, 1_501)
      assert.equal(seen.at(-1)!.text, "rewritten twice")
      assert.equal((yield* store.tail({ run, since: tail.cursor + 50 })).reset, true)
    })
  },
  {
    name: "a download holds every line once, in order",
    run: Effect.gen(function* () {
      const { store, run, append } = yield* setup
      for (let part = 0; part < 23; part++) yield* append(numbered(100, part * 100))
      yield* append([{ line: 1_150, text: "changed" }])
      const parts = yield* Stream.runCollect(store.stream(run))
      const lines = parts.flat()
      assert.deepEqual(
        lines.map((line) => line.index),
        lines.map((_, at) => at)
      )
      assert.equal(lines.length, 2_300)
      assert.equal(lines[1_150]!.text, "changed")
    })
  },
  {
    name: "long lines and large batches come back whole",
    run: Effect.gen(function* () {
      const { store, run, append } = yield* setup
      const long = "ä".repeat(400_000)
      yield* append([{ text: long }, ...numbered(9_998), { text: `${long}end` }])
      const page = yield* store.read({ run, limit: 10_000 })
      assert.equal(page.lines.length, 10_000)
      assert.equal(page.lines[0]!.text, long)
      assert.equal((yield* store.read({ run, search: { text: "äEND" } })).lines[0]!.index, 9_999)
    })
  },
  {
    name: "a page of long lines ends early and goes on where it ended",
    run: Effect.gen(function* () {
      const { store, run, append } = yield* setup
      const long = "0123456789".repeat(100_000)
      for (let part = 0; part < 3; part++) yield* append(Array.from({ length: 5 }, () => ({ text: long })))
      const first = yield* store.read({ run })
      assert.ok(first.next !== null && first.lines.length < 15)
      const second = yield* store.read({ run, from: first.next })
      assert.equal(first.lines.length + second.lines.length, 15)
      const tail = yield* store.tail({ run, since: 0 })
      assert.ok(tail.lines.length < 15 && tail.cursor < (yield* store.head(run)))
    })
  },
  {
    name: "appends at the same time are all kept",
    run: Effect.gen(function* () {
      const { store, run, append } = yield* setup
      const receipts = yield* Effect.all(
        Array.from({ length: 40 }, (_, writer) => append(numbered(10, writer * 10), 1, `w${writer}`)),
        { concurrency: "unbounded" }
      )
      assert.deepEqual(
        receipts.map((receipt) => receipt.sequence).sort((a, b) => a - b),
        receipts.map((_, at) => at + 1)
      )
      const { lines } = yield* store.read({ run })
      assert.equal(new Set(texts(lines)).size, 400)
    })
  },
  {
    name: "a deleted log is gone, its writers start again, other runs stay",
    run: Effect.gen(function* () {
      const { store, run, append } = yield* setup
      const other = yield* setup
      yield* append(numbered(1_200), 1)
      yield* other.append([{ text: "stays" }], 1)
      yield* store.delete(run)
      assert.deepEqual(yield* store.read({ run }), { lines: [], next: null, total: 0 })
      assert.equal((yield* append([{ text: "new" }], 1)).sequence, 1)
      assert.equal((yield* store.read({ run })).lines[0]!.line, 0)
      assert.equal((yield* other.store.read({ run: other.run })).total, 1)
    })
  }
]
