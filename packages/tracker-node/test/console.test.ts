import { afterEach, beforeEach, describe, expect, it } from "vitest"
import { captureConsole } from "../src/log/captureConsole.ts"
import { FaultyServer } from "./FaultyServer.ts"
import { quietRun } from "./quietRun.ts"

let server: FaultyServer

beforeEach(async () => {
  server = await new FaultyServer().start()
})
afterEach(() => server.stop())

/** What a reader of the log sees: the last record of each line. */
const shown = (stream: string): unknown[] => {
  const lines = new Map<unknown, unknown>()
  for (const line of server.lines) if (line.stream === stream) lines.set(line.line, line.text)
  return [...lines.values()]
}

describe("console capture", () => {
  it("keeps the last state of a progress bar as one line", async () => {
    const { run } = quietRun({ url: server.url, captureConsole: true })
    process.stdout.write("begin\n")
    for (let i = 0; i <= 100; i += 10) process.stdout.write(`\r${i} %`)
    process.stdout.write("\nend\n")
    await run.finish()
    expect(shown("stdout")).toEqual(["begin", "100 %", "end"])
  })

  it("keeps an unfinished last line", async () => {
    const { run } = quietRun({ url: server.url, captureConsole: true })
    process.stderr.write("half")
    await run.finish()
    expect(shown("stderr")).toContain("half")
  })

  it("keeps records of loggers with level and stream", async () => {
    const { run } = quietRun({ url: server.url, process: "rank1" })
    run.print("careful", { level: "warn", stream: "pino" })
    run.print("two\nlines", { stream: "pino" })
    await run.finish()
    expect(server.lines).toMatchObject([
      { line: 0, level: "warn", stream: "pino", text: "careful", process: "rank1" },
      { line: 1, stream: "pino", text: "two\nlines", process: "rank1" }
    ])
  })

  it("joins characters that were cut between two writes", () => {
    const pieces: string[] = []
    const release = captureConsole((_, text) => void pieces.push(text))
    const bytes = Buffer.from("ü\n")
    process.stdout.write(bytes.subarray(0, 1))
    process.stdout.write(bytes.subarray(1))
    release()
    expect(pieces.join("")).toBe("ü\n")
  })

  it("restores the streams, and stays harmless under a wrapper that came later", () => {
    const before = process.stdout.write
    const pieces: string[] = []
    const release = captureConsole((_, text) => void pieces.push(text))
    const ours = process.stdout.write
    const wrapper = ((...args: Parameters<typeof before>) => ours.apply(process.stdout, args)) as typeof before
    process.stdout.write = wrapper
    release()
    process.stdout.write("")
    expect(process.stdout.write).toBe(wrapper)
    expect(pieces).toEqual([])
    process.stdout.write = before
  })
})
