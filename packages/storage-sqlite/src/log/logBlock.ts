/**
 * Log lines in columns: numbers together, texts joined. The texts are apart from the numbers, because a search of text
 * needs the numbers of the chunks it finds something in and of no other.
 */
import { constants, deflateSync, inflateSync } from "node:zlib"
import type { LogEntry } from "./LogEntry.ts"
import { summarizeTrigrams } from "./trigrams.ts"

/** Unpacked columns of `count` lines. */
export interface LogColumns {
  readonly count: number
  readonly revision: Float64Array
  readonly line: Float64Array
  readonly timeMs: Float64Array
  /** Length of each text in UTF-16 units. */
  readonly length: Uint32Array
  readonly stream: Uint32Array
  readonly level: Uint8Array
}

export interface LogBlock {
  readonly columns: Uint8Array
  readonly text: Uint8Array
  /** Every text is ASCII: a byte is a character, and the text is read four times faster. */
  readonly ascii: boolean
  /** For `mayHoldText`. */
  readonly trigrams: Uint8Array
}

const rowBytes = 33
const deflateLevel = 4

/** Views on one buffer, widest first, so that each is aligned. Little-endian, as every machine Node runs on. */
const viewsOf = (buffer: ArrayBuffer, count: number): LogColumns => ({
  count,
  revision: new Float64Array(buffer, 0, count),
  line: new Float64Array(buffer, 8 * count, count),
  timeMs: new Float64Array(buffer, 16 * count, count),
  length: new Uint32Array(buffer, 24 * count, count),
  stream: new Uint32Array(buffer, 28 * count, count),
  level: new Uint8Array(buffer, 32 * count, count)
})

/** Counters mostly grow by one: as differences they deflate to nothing. Exact, since they are whole numbers below 2^53. */
const toDifferences = (values: Float64Array): void => {
  for (let at = values.length - 1; at > 0; at--) values[at]! -= values[at - 1]!
}
const fromDifferences = (values: Float64Array): void => {
  for (let at = 1; at < values.length; at++) values[at]! += values[at - 1]!
}

const packColumns = (entries: ReadonlyArray<LogEntry>): Uint8Array<ArrayBuffer> => {
  const bytes = new Uint8Array(rowBytes * entries.length)
  const columns = viewsOf(bytes.buffer, entries.length)
  entries.forEach((entry, at) => {
    columns.revision[at] = entry.revision
    columns.line[at] = entry.line
    columns.timeMs[at] = entry.timeMs
    columns.length[at] = entry.text.length
    columns.stream[at] = entry.stream
    columns.level[at] = entry.level
  })
  toDifferences(columns.revision)
  toDifferences(columns.line)
  return bytes
}

const unpackColumns = (bytes: Uint8Array): LogColumns => {
  if (bytes.length % rowBytes !== 0) throw new Error("a log block has columns of odd length")
  const columns = viewsOf(new Uint8Array(bytes).buffer, bytes.length / rowBytes)
  fromDifferences(columns.revision)
  fromDifferences(columns.line)
  return columns
}

const joinTexts = (entries: ReadonlyArray<LogEntry>): string => entries.map((entry) => entry.text).join("\n")

/** Entries that follow each other by index. */
export const packBlock = (entries: ReadonlyArray<LogEntry>): LogBlock => {
  const joined = joinTexts(entries)
  const text = Buffer.from(joined, "utf8")
  return {
    columns: deflateSync(packColumns(entries), { level: deflateLevel }),
    text: deflateSync(text, { level: deflateLevel }),
    ascii: text.length === joined.length,
    trigrams: summarizeTrigrams(joined.toLowerCase())
  }
}

/** The zlib checksum inside is verified: a damaged chunk throws and is never shown as something else. */
export const unpackBlockColumns = (columns: Uint8Array): LogColumns =>
  unpackColumns(inflateSync(columns, { chunkSize: 32 * 1024, finishFlush: constants.Z_FINISH }))

/** The texts joined by line breaks. */
export const unpackBlockText = (text: Uint8Array, ascii: boolean): string =>
  inflateSync(text, { chunkSize: 128 * 1024, finishFlush: constants.Z_FINISH }).toString(ascii ? "latin1" : "utf8")

/** Line `at` of a block, given where its text starts in the joined one. */
export const entryAt = (columns: LogColumns, first: number, at: number, joined: string, start: number): LogEntry => ({
  index: first + at,
  revision: columns.revision[at]!,
  line: columns.line[at]!,
  timeMs: columns.timeMs[at]!,
  level: columns.level[at]!,
  stream: columns.stream[at]!,
  text: joined.slice(start, start + columns.length[at]!)
})

/** All entries of a block whose first line has the index `first`. */
export const entriesOf = (columns: LogColumns, joined: string, first: number): Array<LogEntry> => {
  const entries: Array<LogEntry> = []
  for (let at = 0, start = 0; at < columns.count; at++) {
    entries.push(entryAt(columns, first, at, joined, start))
    start += columns.length[at]! + 1
  }
  return entries
}

/** A head row: any entries, small, not deflated. Count, indexes, columns, then the joined text as UTF-8. */
export const packHead = (entries: ReadonlyArray<LogEntry>): Uint8Array => {
  const text = Buffer.from(joinTexts(entries), "utf8")
  const indexes = Float64Array.from(entries, (entry) => entry.index)
  const count = Float64Array.of(entries.length)
  return Buffer.concat([new Uint8Array(count.buffer), new Uint8Array(indexes.buffer), packColumns(entries), text])
}

export const unpackHead = (body: Uint8Array): Array<LogEntry> => {
  // A copy, which starts at the beginning of its buffer, as wide views need it.
  const bytes = new Uint8Array(body)
  const count = new Float64Array(bytes.buffer, 0, 1)[0]!
  const indexes = new Float64Array(bytes.buffer, 8, count)
  const columns = unpackColumns(bytes.subarray(8 + 8 * count, 8 + (8 + rowBytes) * count))
  const joined = Buffer.from(bytes.buffer, 8 + (8 + rowBytes) * count).toString("utf8")
  return entriesOf(columns, joined, 0).map((entry, at) => ({ ...entry, index: indexes[at]! }))
}
