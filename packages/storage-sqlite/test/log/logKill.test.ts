import { spawn } from "node:child_process"
import { join } from "node:path"
import { type LogLine, LogStore, RunId } from "@wanllmdb/core"
import { Effect, Stream } from "effect"
import { describe, expect, it } from "vitest"
import { sqlite } from "../../src/sqlite.ts"
import { drivers } from "../drivers.ts"
import { temporaryFile } from "../temporaryFile.ts"

const kills = Number(process.env.WANLLMDB_KILLS ?? 5)
const writers = 3
const run = RunId.make("c".repeat(32))

/** Starts the writers from their sequences, kills the process soon after its first answers, and notes what it acknowledged. */
const appendAndKill = (file: string, driver: string, acknowledged: Array<number>, ms: number): Promise<void> =>
  new Promise((resolve, reject) => {
    const from = acknowledged.map((sequence) => sequence + 1).join(",")
    const child = spawn(
      process.execPath,
      [join(import.meta.dirname, "appendUntilKilled.mjs"), file, driver, run, from],
      {
        stdio: ["ignore", "pipe", "inherit"]
      }
    )
    let output = ""
    child.stdout.on("data", (piece: Buffer) => {
      if (output === "") setTimeout(() => child.kill("SIGKILL"), ms)
      output += piece.toString()
    })
    child.on("error", reject)
    child.on("close", () => {
      for (const line of output.split("\n").slice(0, -1)) {
        const [writer = "", sequence = ""] = line.split(" ")
        acknowledged[Number(writer.slice(1))] = Number(sequence)
      }
      resolve()
    })
  })

/** Lines of one writer: each sequence whole, once, in order. Gives the last sequence. */
const lastWholeSequence = (lines: ReadonlyArray<LogLine>, writer: string): number => {
  let expected = 1
  let at = 0
  for (const { text, line } of lines.filter(({ process }) => process === writer)) {
    expect(text).toBe(`${writer}:${expected}:${at}`)
    expect(line).toBeGreaterThanOrEqual(0)
    at++
    if (at === [1, 40, 700][expected % 3]) {
      expected++
      at = 0
    }
  }
  expect(at).toBe(0)
  return expected - 1
}

describe.each(drivers)("logs under SIGKILL, %s", (driver) => {
  it(
    "no acknowledged line is lost, none doubled, none half",
    async () => {
      let file = temporaryFile()
      let acknowledged = Array.from({ length: writers }, () => 0)
      for (let kill = 0; kill < kills; kill++) {
        // Every check reads the whole log, so it starts anew now and then.
        if (kill % 20 === 19) {
          file = temporaryFile()
          acknowledged = acknowledged.map(() => 0)
        }
        const before = [...acknowledged]
        await appendAndKill(file, driver, acknowledged, 20 + ((kill * 37) % 150))
        await Effect.runPromise(
          Effect.gen(function* () {
            const store = yield* LogStore
            const lines = (yield* Stream.runCollect(store.stream(run))).flat()
            expect(lines.map((line) => line.index)).toEqual(lines.map((_, at) => at))
            for (let writer = 0; writer < writers; writer++) {
              const last = lastWholeSequence(lines, `w${writer}`)
              // At most the batch that was under way is there without an answer.
              expect(last - acknowledged[writer]!).toBeGreaterThanOrEqual(0)
              expect(last - acknowledged[writer]!).toBeLessThanOrEqual(1)
            }
            expect(lines.filter(({ process }) => process === "bar").length).toBeLessThanOrEqual(2)
          }).pipe(Effect.provide(sqlite({ file, threads: "inline", driver }).layer))
        )
        expect(acknowledged.reduce((sum, value) => sum + value, 0)).toBeGreaterThan(
          before.reduce((sum, value) => sum + value, 0)
        )
      }
    },
    60_000 + kills * 10_000
  )
})
