import { readdirSync, readFileSync } from "node:fs"
import { describe, expect, it } from "vitest"
import { goldenBytes, toNumbers } from "../../scripts/goldenBytes.mjs"
import * as metric from "../../src/metric/index.ts"

const folder = new URL("../../golden/", import.meta.url)
const files = readdirSync(folder)
const vectors = files
  .filter((name) => name.endsWith(".json") && name !== "bad-frames.json")
  .map((name) => name.replace(/\.json$/, ""))
const bytesOf = (name: string) => new Uint8Array(readFileSync(new URL(name, folder)))

/** What people read in the JSON of a vector. */
interface Vector {
  readonly format: string
  readonly codec?: number
  readonly level?: number
  readonly tileLevel?: number
  readonly pageLevel?: number
  readonly chunks?: ReadonlyArray<{
    readonly steps: ReadonlyArray<number>
    readonly values: ReadonlyArray<number | string>
  }>
  readonly kind?: string
  readonly steps?: ReadonlyArray<number | string>
  readonly times?: ReadonlyArray<number | string>
  readonly values?: ReadonlyArray<number | string>
  readonly sections?: ReadonlyArray<{
    readonly keys: ReadonlyArray<string>
    readonly steps: ReadonlyArray<number>
    readonly times: ReadonlyArray<number>
    readonly columns: ReadonlyArray<{
      readonly kind: string
      readonly values: ReadonlyArray<number | string>
      readonly rows?: ReadonlyArray<number>
    }>
  }>
}

interface BadFrames {
  readonly from: string
  readonly cases: ReadonlyArray<{
    readonly change: ReadonlyArray<readonly [at: number, byte: number]>
    readonly resum: boolean
    readonly rule: string
  }>
}

const readFrame = (vector: Vector, bytes: Uint8Array) => {
  expect(metric.checkFrame(bytes)).toMatchObject({ ok: true, sections: vector.sections!.length })
  metric.decodeFrame(bytes).sections.forEach((section, s) => {
    const expected = vector.sections![s]!
    expect(section.keys).toEqual(expected.keys)
    expect(section.steps).toEqual(toNumbers(expected.steps))
    expect(section.times).toEqual(toNumbers(expected.times))
    expected.columns.forEach(({ kind, values, rows }, c) => {
      const column = section.column(c)
      expect(column.kind).toBe(kind)
      if (rows !== undefined) expect([...column.rows!]).toEqual(rows)
      if (column.kind !== "number") {
        expect(column.values).toEqual(values)
        return
      }
      const numbers = Float64Array.from(values, (_, i) => column.values[column.encoding === "constant" ? 0 : i]!)
      expect(numbers).toEqual(toNumbers(values))
    })
  })
}

/** Every cell holds what the points in it say. */
const expectCells = (table: metric.CellTable, steps: Float64Array, values: Float64Array) => {
  for (let c = 0; c < table.length; c++) {
    const rows = [...steps.keys()].filter((row) => Math.floor(steps[row]! / 2 ** table.level) === table.cell[c])
    const inside = rows.map((row) => values[row]!)
    const finite = inside.filter(Number.isFinite)
    expect(table.points[c]).toBe(rows.length)
    expect([table.firstStep[c], table.lastStep[c]]).toEqual([steps[rows[0]!], steps[rows.at(-1)!]])
    expect([table.first[c], table.last[c]]).toEqual([inside[0], inside.at(-1)])
    expect([table.min[c], table.max[c]]).toEqual([Math.min(...finite), Math.max(...finite)])
    expect(table.sum[c]).toBeCloseTo(finite.reduce((sum, value) => sum + value, 0))
    expect(table.nan?.[c] ?? 0).toBe(inside.filter(Number.isNaN).length)
  }
}

const readPage = ({ chunks = [], pageLevel }: Vector, bytes: Uint8Array) => {
  const page = metric.decodeTile(bytes)
  const [steps, values] = (["steps", "values"] as const).map((name) => toNumbers(chunks.flatMap((c) => c[name]))) as [
    Float64Array,
    Float64Array
  ]
  expect([page.level, page.points.reduce((a, b) => a + b)]).toEqual([pageLevel, steps.length])
  expectCells(page, steps, values)
}

const readChunk = (vector: Vector, bytes: (name: string) => Uint8Array) => {
  const [steps, times, values] = [vector.steps!, vector.times!, vector.values!].map(toNumbers) as [
    Float64Array,
    Float64Array,
    Float64Array
  ]
  const axis = new metric.PackedBytes(bytes("axis"))
  expect(metric.columnValues(axis, 0)).toEqual(steps)
  expect(metric.columnValues(axis, metric.axisTimesAt(axis))).toEqual(times)
  expect(metric.columnValues(new metric.PackedBytes(bytes("values")), 0)).toEqual(values)
  const axisCells = metric.decodeAxisCells(bytes("axis-cells"))
  const valueCells = metric.decodeValueCells(bytes("value-cells"))
  const tile = metric.decodeTile(bytes("tile"))
  expect([axisCells.level, tile.level]).toEqual([vector.level, vector.tileLevel])
  for (const table of [metric.cellTable(axisCells, valueCells), tile]) expectCells(table, steps, values)
  const stat = metric.KeyStat.fromBytes(bytes("stat"))
  expect(stat.count).toBe(values.length)
  expect(stat.summary("k").last).toEqual(values.at(-1))
}

describe("golden vectors", () => {
  for (const name of vectors) {
    const vector = JSON.parse(readFileSync(new URL(`${name}.json`, folder), "utf8")) as Vector
    it(`${name} reads as its JSON says, and is written byte for byte`, () => {
      const bytes = (part: string) => bytesOf(`${name}.${part}.bin`)
      for (const [part, written] of Object.entries(goldenBytes(metric, vector))) {
        expect(Buffer.compare(written, bytes(part)), `${name}.${part}.bin`).toBe(0)
      }
      switch (vector.format) {
        case "frame":
          return readFrame(vector, bytes("frame"))
        case "column":
          expect(bytes("column")[0]).toBe(vector.codec)
          return expect(metric.columnValues(new metric.PackedBytes(bytes("column")), 0)).toEqual(
            toNumbers(vector.values!)
          )
        case "chunk":
          return readChunk(vector, bytes)
        case "tile-page":
          return readPage(vector, bytes("page"))
        default:
          return expect(metric.decodeRowGroup(bytes("rows"))).toEqual({
            kind: vector.kind,
            steps: toNumbers(vector.steps!),
            times: toNumbers(vector.times!),
            values: vector.values
          })
      }
    })
  }

  it("say which frames are refused, and why", () => {
    const { from, cases } = JSON.parse(readFileSync(new URL("bad-frames.json", folder), "utf8")) as BadFrames
    for (const { change, resum, rule } of cases) {
      const bad = bytesOf(from)
      for (const [at, byte] of change) bad[at] = byte
      const crc = metric.crc32(bad.subarray(16), metric.crc32(bad.subarray(0, 12)))
      if (resum) new DataView(bad.buffer).setUint32(12, crc, true)
      expect(metric.checkFrame(bad)).toMatchObject({ ok: false, rule })
    }
  })

  it("have no bytes that no JSON explains", () => {
    for (const file of files.filter((name) => name.endsWith(".bin"))) {
      expect(vectors).toContain(file.split(".")[0])
    }
  })
})
