import { cutLine, Logs, maxLineBytes, type ProjectId, type RunId, type RunSignal } from "@wanllmdb/core"
import { Effect, Layer } from "effect"
import { describe, expect, it } from "vitest"
import { knownRun, recordedEngine, unknownRun } from "../file/knownRuns.ts"

interface Known {
  readonly project: ProjectId
  readonly run: RunId
  readonly signals: ReadonlyArray<RunSignal>
}

const withLogs = <A, E>(use: (logs: Logs["Service"], known: Known) => Effect.Effect<A, E>) => {
  const signals: Array<RunSignal> = []
  return Effect.runPromise(
    Effect.gen(function* () {
      return yield* use(yield* Logs, { ...(yield* knownRun), signals })
    }).pipe(Effect.provide(Layer.provideMerge(Logs.layer, recordedEngine(signals))))
  )
}

describe("Logs", () => {
  it("raw text becomes the lines a terminal would show, with guessed levels", () =>
    withLogs((logs, { run }) =>
      Effect.gen(function* () {
        const receipt = yield* logs.append(run, [
          { text: "\r 10%\r100%\nERROR: out of memory\n" },
          { text: "\x1b[2K\x1b[32mok\x1b[0m", stream: "stderr", level: "debug", line: 4 },
          { text: "two\nlines", line: 9 }
        ])
        expect(receipt.accepted).toBe(4)
        const { lines } = yield* logs.read({ run })
        expect(lines.map(({ line, level, text }) => [line, level, text])).toEqual([
          [0, null, "100%"],
          [1, "error", "ERROR: out of memory"],
          [4, "debug", "\x1b[32mok\x1b[0m"],
          [9, null, "two\nlines"]
        ])
      })
    ))

  it("watchers hear of new lines, and not of repeats", () =>
    withLogs((logs, { project, run, signals }) =>
      Effect.gen(function* () {
        const writer = { writer: "w", sequence: 1 }
        yield* logs.append(run, [{ text: "a" }], writer)
        yield* logs.append(run, [{ text: "a" }], writer)
        expect(signals).toEqual([{ project, run, topic: "logs" }])
      })
    ))

  it("refuses what breaks a rule and names it", () =>
    withLogs((logs, { run }) =>
      Effect.gen(function* () {
        const appends = [
          ["writer", [{ text: "a" }], { writer: "not a writer", sequence: 1 }],
          ["sequence", [{ text: "a" }], { writer: "w", sequence: 0 }],
          ["lines[0].line", [{ text: "a", line: 2 ** 60 }], undefined],
          ["lines[0].timeMs", [{ text: "a", timeMs: 1e300 }], undefined],
          ["lines", Array.from({ length: 10_001 }, () => ({ text: "" })), undefined]
        ] as const
        for (const [path, lines, writer] of appends) {
          const fault = yield* Effect.flip(logs.append(run, lines, writer))
          expect(fault).toMatchObject({ _tag: "InvalidInput", faults: [{ path }] })
        }
        for (const search of [{ regex: "(" }, { text: "x".repeat(1_001) }, { regex: "x".repeat(1_001) }]) {
          const fault = yield* Effect.flip(logs.read({ run, search }))
          expect(fault).toMatchObject({ _tag: "InvalidInput", faults: [{ path: "search" }] })
        }
        expect((yield* Effect.flip(logs.append(unknownRun, [{ text: "a" }])))._tag).toBe("RunNotFound")
        expect((yield* logs.read({ run })).total).toBe(0)
      })
    ))

  it("half a surrogate pair does not break a line", () =>
    withLogs((logs, { run }) =>
      Effect.gen(function* () {
        yield* logs.append(run, [{ text: "a\ud800b \u{1f600}" }])
        expect((yield* logs.read({ run })).lines[0]!.text).toBe("a\ufffdb \u{1f600}")
      })
    ))
})

describe("cutLine", () => {
  it("keeps a mebibyte and says what is missing, without cutting a character in two", () => {
    expect(cutLine("a".repeat(maxLineBytes))).toBe("a".repeat(maxLineBytes))
    expect(cutLine("a".repeat(maxLineBytes + 1))).toBe(`${"a".repeat(maxLineBytes)} … [cut: ${maxLineBytes + 1} bytes]`)
    const cut = cutLine(`a${"é".repeat(maxLineBytes)}`)
    expect(cut).not.toContain("\ufffd")
    expect(cut).toMatch(/é … \[cut: 2097153 bytes\]$/)
  })
})
