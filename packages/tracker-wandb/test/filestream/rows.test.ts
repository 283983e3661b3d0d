import { FrameBuilder } from "@wanllmdb/core/metric"
import { describe, expect, it } from "vitest"
import { consoleRecord, readTime } from "../../src/filestream/consoleLine.ts"
import { endState } from "../../src/filestream/endState.ts"
import { fileStreamText, readFileStreamBody } from "../../src/filestream/fileStreamBody.ts"
import { readHistogram } from "../../src/filestream/histogram.ts"
import { addRow } from "../../src/filestream/historyRow.ts"
import { differing, readSummary, summaryPatch } from "../../src/filestream/summaryPatch.ts"

const unkept = new Set(["_step", "_timestamp", "_wandb"])

const added = (...lines: ReadonlyArray<string>) => {
  const builder = new FrameBuilder()
  const rejected: Array<readonly [string, string]> = []
  const times = lines.map((line, row) =>
    addRow(builder, line, {
      row: row + 7,
      stepOf: null,
      known: null,
      now: 5_000,
      unkept,
      onReject: (name, rule) => rejected.push([name, rule])
    })
  )
  const sections = builder.takeSections()
  return {
    keys: sections.flatMap(({ keys }) => [...keys]).sort(),
    steps: sections.flatMap(({ steps }) => [...steps]),
    rejected,
    times
  }
}

describe("a row of the history", () => {
  it("becomes points by name, nested names joined with dots", () => {
    const row = added(
      '{"_step":3,"_timestamp":2.5,"_wandb":true,"a":1,"b":{"c":true,"d":{"e":"x"}},"n":null,"bad":NaN}'
    )
    expect(row).toMatchObject({ keys: ["a", "b.c", "b.d.e", "bad"], rejected: [], steps: [3], times: [2500] })
  })

  it("keeps media whole, histograms as such, and lists as records", () => {
    const row = added(
      '{"_step":0,"img":{"_type":"image-file","path":"x"},"h":{"_type":"histogram","values":[1,2],"bins":[0,1,2]},"l":[1],"e":{}}'
    )
    expect(row.keys).toEqual(["e", "h", "img", "l"])
  })

  it("takes its number for its step and now for its time where it tells none", () => {
    expect(added('{"a":1}', '{"_step":"x","_timestamp":1e400,"a":1}')).toMatchObject({
      steps: [7, 8],
      times: [5000, 5000]
    })
  })

  it("is left out by name where it is no object, and loses no other row", () => {
    const row = added("[1]", "nonsense", '{"_step":1,"a":1}', "")
    expect(row.rejected.map(([name]) => name)).toEqual(["", "", ""])
    expect(row.steps).toEqual([1])
  })

  it("loses only the value that cannot be kept", () => {
    const long = "k".repeat(2_000)
    const deep = `${'{"_type":"x","a":'.repeat(150)}1${"}".repeat(150)}`
    const nested = `${'{"a":'.repeat(40)}1${"}".repeat(40)}`
    const row = added(`{"_step":1,"":1,"${long}":2,"deep":${deep},"nested":${nested},"good":1}`)
    expect(row.keys).toEqual(["good"])
    expect(row.rejected).toHaveLength(4)
  })

  it("gives a name one kind, the one that came last", () => {
    expect(added('{"_step":1,"a.b":1,"a":{"b":"text"}}').keys).toEqual(["a.b"])
  })

  it("calls samples of the machine as the engine does", () => {
    expect(added('{"system.cpu":1,"system.gpu.0.temp/l:rank1":2}').keys).toEqual([
      "system/cpu",
      "system/gpu.0.temp/l:rank1"
    ])
  })
})

describe("a histogram", () => {
  it("has edges as given or evenly packed", () => {
    const even = { values: [1, 2], packedBins: { min: 1, size: 0.5, count: 2 } }
    expect(readHistogram({ values: [1, 2], bins: [0, 1, 2] })).toEqual({ edges: [0, 1, 2], counts: [1, 2] })
    expect(readHistogram(even)).toEqual({ edges: [1, 1.5, 2], counts: [1, 2] })
  })

  it.each([
    { values: [], bins: [] },
    { values: [1], bins: [0] },
    { values: [-1], bins: [0, 1] },
    { values: [1], bins: [1, 0] },
    { values: [1], bins: [0, Number.NaN] },
    { values: [1], packedBins: { min: 0 } },
    { values: "x", bins: [0, 1] }
  ])("that breaks a rule stays a record: %j", (fields) => {
    expect(readHistogram(fields)).toBeNull()
  })
})

describe("a console line", () => {
  it("is read in both forms", () => {
    expect(consoleRecord('{"ts":"2026-11-24T10:00:00.123456","content":"hi","stream":"stderr"}', 4, "")).toEqual({
      line: 4,
      timeMs: Date.UTC(2026, 10, 24, 10, 0, 0, 123) + 0.456,
      level: "error",
      stream: "stdout",
      process: "",
      text: "hi"
    })
    expect(consoleRecord("ERROR 2026-11-24T10:00:00.5Z oh", 0, "c")).toMatchObject({
      level: "error",
      text: "oh",
      process: "c"
    })
    expect(consoleRecord("2026-11-24T10:00:00 plain", 0, "")).toMatchObject({ text: "plain" })
    expect(consoleRecord('{"level":"Warning","content":"w"}', 0, "")).toMatchObject({ level: "warn", text: "w" })
  })

  it("that is neither stays as it is", () => {
    for (const text of ["no time", '{"not":"structured"}', "{broken", ""]) {
      expect(consoleRecord(text, 1, "")).toMatchObject({ text, line: 1 })
    }
    expect(readTime("yesterday")).toBeNull()
  })

  it("tells writers apart that share a label", () => {
    const line = '{"content":"x","label":"rank0"}'
    expect(consoleRecord(line, 0, "").process).toBe("rank0")
    expect(consoleRecord(line, 0, "abcdefghijkl").process).toBe("rank0@abcdefgh")
    expect(consoleRecord(line, 0, "zbcdefghijkl").process).not.toBe(consoleRecord(line, 0, "abcdefghijkl").process)
  })
})

describe("a body of the stream", () => {
  const read = (body: unknown) => readFileStreamBody(JSON.stringify(body))

  it("may be empty: a sign of life", () => {
    const none = { history: null, events: null, output: null, summary: null, complete: false, exitCode: null }
    expect(readFileStreamBody("")).toMatchObject(none)
    expect(read({})).toMatchObject(none)
  })

  it("keeps the newest line of the summary", () => {
    const body = read({ files: { "wandb-summary.json": { offset: 0, content: ["{}", '{"a":1}'] } }, preempting: true })
    expect(body).toMatchObject({ summary: '{"a":1}', preempting: true })
  })

  it.each([
    [[], "body"],
    [{ files: [] }, "files"],
    [{ files: { "output.log": 1 } }, "output.log"],
    [{ files: { "output.log": { offset: -1, content: [] } } }, "offset"],
    [{ files: { "output.log": { offset: 1.5, content: [] } } }, "offset"],
    [{ files: { "output.log": { offset: 2 ** 60, content: [] } } }, "offset"],
    [{ files: { "wandb-history.jsonl": { content: [1] } } }, "content"],
    [{ exitcode: "0" }, "exitcode"]
  ])("names the field that is wrong: %j", (body, field) => {
    expect(() => read(body)).toThrow(field)
  })

  it("that is no JSON or no UTF-8 is refused", () => {
    expect(() => readFileStreamBody('{"files":')).toThrow(/JSON in UTF-8/)
    expect(() => fileStreamText(Buffer.from([0xff, 0xfe]))).toThrow(/JSON in UTF-8/)
  })
})

describe("the summary", () => {
  it("is split into plain values and media, without the client's bookkeeping", () => {
    const sent = readSummary({ a: 1, b: { c: "x", m: { _type: "image-file" } }, _step: 3, _wandb: {}, l: [1], e: {} })
    expect(Object.fromEntries(sent.values)).toEqual({ a: 1, "b.c": "x", l: [1], e: {} })
    expect(sent.media).toEqual({ "b.m": { _type: "image-file" } })
  })

  it("changes only what differs, and leaves to the engine what follows a series", () => {
    const sent = readSummary({ same: 1, flag: true, loss: 5, mine: "new", gone: null }).values
    const changed = differing(sent, { same: 1, flag: 1, loss: 0, mine: "old" })
    expect([...changed.keys()]).toEqual(["loss", "mine"])
    expect(summaryPatch(changed, new Map([["loss", 5]]))).toEqual({ loss: null, mine: "new" })
    expect(summaryPatch(changed, new Map([["loss", 4]]))).toEqual({ loss: 5, mine: "new" })
  })
})

describe("the end of a run", () => {
  it.each([
    [0, false, "finished"],
    [0, true, "finished"],
    [1, false, "failed"],
    [1, true, "killed"],
    [255, false, "killed"],
    [-15, false, "killed"],
    [143, false, "killed"]
  ] as const)("with status %i (machine taken away: %s) is %s", (exitCode, preempting, state) => {
    expect(endState(exitCode, preempting)).toBe(state)
  })
})
