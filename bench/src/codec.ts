/** The column codec against byte shuffle + deflate, and the frame against JSON rows: size, writing, reading. */

import * as zlib from "node:zlib"
import {
  ColumnArena,
  checkFrame,
  decodeColumn,
  decodeFrame,
  encodeColumn,
  FrameBuilder,
  PackedBytes,
  setCrc32
} from "@wanllmdb/core/metric"
import { inflateUnshuffle, shuffleDeflate } from "./baseline/shuffleDeflate.ts"
import { jitteredTimes, mixedKeys, seriesKinds } from "./data/series.ts"
import { perSecond } from "./report/perSecond.ts"
import { report } from "./report/Report.ts"

// The built-in CRC-32 exists from Node 20.15 and 22.2 on.
if (typeof zlib.crc32 === "function") setCrc32(zlib.crc32)

const out = report("codec")
const count = 65_536
const total = { ours: 0, theirs: 0, encode: 0, theirEncode: 0, decode: 0, theirDecode: 0 }

out.row("series".padEnd(24), "bytes/value", "shuffle+deflate", "encode M/s", "theirs", "decode M/s", "theirs")
const kinds: typeof seriesKinds = { ...seriesKinds, "wall milliseconds": (count) => jitteredTimes(count) }
for (const [name, make] of Object.entries(kinds)) {
  const values = make(count, 3)
  const arena = new ColumnArena(1 << 20)
  const encode = () => {
    arena.reset()
    encodeColumn(arena, values, 0, count)
  }
  encode()
  const packed = new PackedBytes(arena.bytes())
  const back = new Float64Array(count)
  const decode = () => void decodeColumn(packed, 0, back)
  decode()
  if (values.some((value, i) => !Object.is(value, back[i]))) throw new Error(`${name}: decoded values differ`)
  const theirs = shuffleDeflate(values)
  const speeds = [encode, () => void shuffleDeflate(values), decode, () => void inflateUnshuffle(theirs)].map(
    (run) => (perSecond(run) * count) / 1e6
  ) as [number, number, number, number]
  total.ours += packed.u8.length
  total.theirs += theirs.length
  // Times add up, rates do not.
  total.encode += 1 / speeds[0]
  total.theirEncode += 1 / speeds[1]
  total.decode += 1 / speeds[2]
  total.theirDecode += 1 / speeds[3]
  out.row(name.padEnd(24), packed.u8.length / count, theirs.length / count, ...speeds)
}

const rows = 200
const keys = mixedKeys(65_536)
const builder = new FrameBuilder()
const jsonRows: Array<object> = []
for (let row = 0; row < rows; row++) {
  const values = Object.fromEntries(keys.map(({ key, values }) => [key, values[row]!]))
  builder.add(row, 1.79e12 + row * 250, values)
  for (const [key, value] of Object.entries(values))
    jsonRows.push({ key, step: row, timestamp: 1.79e12 + row * 250, value })
}
const points = builder.points
const frame = builder.take()
const json = JSON.stringify({ metrics: jsonRows })
const sums = new Float64Array(1)
const readFrame = () => {
  for (const section of decodeFrame(frame).sections) {
    for (let key = 0; key < section.keys.length; key++) {
      const column = section.column(key)
      if (column.kind === "number") sums[0] = sums[0]! + column.values[0]!
    }
  }
}
const frameRate = (perSecond(readFrame) * points) / 1e6
const checkRate = (perSecond(() => void checkFrame(frame)) * points) / 1e6
const jsonRate = (perSecond(() => void JSON.parse(json)) * points) / 1e6
out.row(`frame of ${points} points: ${frame.length / points} bytes/point, JSON rows ${json.length / points}`)
out.row(
  `read M points/s: frame ${frameRate.toFixed(0)}, checked ${checkRate.toFixed(0)}, JSON.parse ${jsonRate.toFixed(2)}`
)

const oneRow = Object.fromEntries(keys.map(({ key, values }) => [key, values[7]!]))
const addRate = perSecond(() => {
  for (let i = 0; i < 100; i++) builder.add(i, 1.79e12 + i, oneRow)
  builder.take()
})
const oneRate = perSecond(() => {
  builder.add(1, 1.79e12, oneRow)
  builder.take()
})
out.row(
  `100-key row: ${(1e4 / addRate).toFixed(2)} us in a frame of 100 rows, ${(1e6 / oneRate).toFixed(2)} us in a frame of its own`
)

out.atMost("size-ratio", total.ours / total.theirs, 1)
out.atLeast("encode-ratio", total.theirEncode / total.encode, 1.5, "x")
out.atLeast("decode-ratio", total.theirDecode / total.decode, 3, "x")
out.atLeast("frame-read-ratio", frameRate / jsonRate, 500, "x")
out.atMost("row-us", 1e6 / oneRate, 15)
out.close()
