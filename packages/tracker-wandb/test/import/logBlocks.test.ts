import { mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import fc from "fast-check"
import { afterAll, describe, expect, it } from "vitest"
import { readLog } from "../../src/import/logBlocks.ts"
import { wandbFile } from "./wandbFile.ts"

const folder = mkdtempSync(join(tmpdir(), "wandb-log-"))
afterAll(() => rmSync(folder, { recursive: true }))

const read = (bytes: Uint8Array) => {
  const path = join(folder, "run.wandb")
  writeFileSync(path, bytes)
  const faults = { damaged: 0, tornBytes: 0 }
  return { records: [...readLog(path, faults)].map((record) => Buffer.from(record).toString("hex")), faults }
}

const payloads = fc.array(
  fc
    .tuple(fc.oneof(fc.integer({ min: 0, max: 200 }), fc.integer({ min: 32_700, max: 100_000 })), fc.nat(255))
    .map(([size, fill]) => Buffer.alloc(size, fill)),
  { maxLength: 12 }
)
const hexOf = (records: ReadonlyArray<Buffer>) => records.map((record) => record.toString("hex"))

describe("the framing of .wandb files", () => {
  it("gives back every record, whatever its size and place in the blocks", () => {
    fc.assert(
      fc.property(payloads, (records) => {
        const { faults, records: got } = read(wandbFile(records))
        expect(got).toEqual(hexOf(records))
        expect(faults).toEqual({ damaged: 0, tornBytes: 0 })
      }),
      { numRuns: 60 }
    )
  })

  it("gives the whole records of a file that ends anywhere", () => {
    fc.assert(
      fc.property(payloads, fc.double({ min: 0, max: 1, noNaN: true }), (records, share) => {
        const bytes = wandbFile(records)
        const got = read(bytes.subarray(0, Math.max(7, Math.floor(bytes.length * share)))).records
        expect(got).toEqual(hexOf(records).slice(0, got.length))
      }),
      { numRuns: 60 }
    )
  })

  it("passes over a damaged record, says so, and goes on with a later block", () => {
    const records = Array.from({ length: 40 }, (_, i) => Buffer.alloc(4_000, i + 1))
    const bytes = wandbFile(records)
    bytes[20_000]! ^= 0xff
    const { faults, records: got } = read(bytes)
    expect(faults.damaged).toBeGreaterThan(0)
    expect(got.length).toBeGreaterThanOrEqual(30)
    expect(hexOf(records)).toEqual(expect.arrayContaining(got))
    expect(got.at(-1)).toBe(hexOf(records).at(-1))
  })

  it("refuses what is no .wandb file by name", () => {
    expect(() => read(Buffer.from("hello world"))).toThrow(/does not begin as a \.wandb file/)
  })
})
