/**
 * The spool is a file of checksummed records. Each has a 16-byte head, so that number rows start 8-byte aligned:
 * `u32 length | u32 crc32 of all that follows | u8 type | u8 flags | u16 0 | u32 ref | payload`, padded to 8 bytes.
 * A crash can only tear the last record, and the checksum tells.
 */
import { crc32 } from "node:zlib"
import { wellFormedJson } from "./wellFormedJson.ts"

export const RecordType = {
  /** JSON: how the run was started (`SpoolOpening`); the first record of a file. */
  opening: 1,
  /** JSON array of metric names; `ref` is the id that rows use. */
  keyset: 2,
  /** `f64 step, f64 timeMs, f64 value…` in the order of key set `ref`. */
  row: 3,
  /** JSON `{ step, timeMs, texts, histograms }` of one `log` call. */
  values: 4,
  /** JSON array of log records. */
  lines: 5,
  /** JSON operation on the run (`SpoolOperation`). */
  operation: 6,
  /** JSON `{ metrics, logs }`: everything since the last cut is one batch with these sequences, 0 when it has no such part. */
  cut: 7
} as const
export type RecordType = (typeof RecordType)[keyof typeof RecordType]

/** The step counts from the run's next free step, which a resumed run learns only from the server. */
export const relativeStep = 1

export const headBytes = 16

const maxPayloadBytes = 1 << 29

export interface SpoolRecord {
  readonly type: number
  readonly flags: number
  readonly ref: number
  /** A view that is valid until the next read. */
  readonly payload: Uint8Array
  /** Offset in the file just behind the record. */
  readonly end: number
}

export const paddedBytes = (length: number): number => headBytes + ((length + 7) & ~7)

const ascii = new TextEncoder()

/** Seals a record that was composed in `buffer` from `at` on: fills in the head. Gives its padded size. */
export const sealRecord = (
  buffer: Buffer,
  at: number,
  type: RecordType,
  flags: number,
  ref: number,
  payloadBytes: number
): number => {
  const size = paddedBytes(payloadBytes)
  const end = at + headBytes + payloadBytes
  if (end < at + size) buffer.fill(0, end, at + size)
  buffer.writeUInt32LE(payloadBytes, at)
  buffer[at + 8] = type
  buffer[at + 9] = flags
  buffer[at + 10] = 0
  buffer[at + 11] = 0
  buffer.writeUInt32LE(ref, at + 12)
  buffer.writeUInt32LE(crc32(buffer.subarray(at + 8, end)), at + 4)
  return size
}

export const jsonRecord = (type: RecordType, value: unknown, flags = 0, ref = 0): Buffer => {
  const payload = ascii.encode(wellFormedJson(value))
  const record = Buffer.alloc(paddedBytes(payload.length))
  record.set(payload, headBytes)
  sealRecord(record, 0, type, flags, ref, payload.length)
  return record
}

export type Parsed = { readonly kind: "record"; readonly record: SpoolRecord } | { readonly kind: "more" | "torn" }

/** Reads the record at `at` of `buffer`, whose first byte is at `fileOffset` of the file. */
export const parseRecord = (buffer: Buffer, at: number, filled: number, fileOffset: number): Parsed => {
  if (filled - at < headBytes) return { kind: "more" }
  const length = buffer.readUInt32LE(at)
  // No writer of ours makes one; a flipped bit must not make the reader hold a file of gigabytes in memory.
  if (length > maxPayloadBytes) return { kind: "torn" }
  if (filled - at < paddedBytes(length)) return { kind: "more" }
  const end = at + headBytes + length
  if (crc32(buffer.subarray(at + 8, end)) !== buffer.readUInt32LE(at + 4)) return { kind: "torn" }
  return {
    kind: "record",
    record: {
      type: buffer[at + 8]!,
      flags: buffer[at + 9]!,
      ref: buffer.readUInt32LE(at + 12),
      payload: buffer.subarray(at + headBytes, end),
      end: fileOffset + at + paddedBytes(length)
    }
  }
}

export const parseJson = (payload: Uint8Array): unknown => JSON.parse(Buffer.from(payload).toString("utf8"))
