/** Writes `.wandb` files as W&B's client does, for tests: protobuf messages in LevelDB's log framing. */
import { crc32 } from "@wanllmdb/core/metric"

type Field = readonly [number: number, value: string | number | Uint8Array | ReadonlyArray<string | Uint8Array>]

const varint = (value: number): ReadonlyArray<number> => {
  const bytes: Array<number> = []
  let rest = BigInt.asUintN(64, BigInt(value))
  do {
    const more = rest >= 128n
    bytes.push(Number(rest & 0x7fn) | (more ? 0x80 : 0))
    rest >>= 7n
  } while (rest > 0n)
  return bytes
}

/** A message of texts, messages and whole numbers. */
export const message = (...fields: ReadonlyArray<Field>): Uint8Array => {
  const parts: Array<Uint8Array> = []
  for (const [number, given] of fields) {
    for (const value of Array.isArray(given) ? given : [given]) {
      if (typeof value === "number") parts.push(Uint8Array.from([...varint(number * 8), ...varint(value)]))
      else {
        const bytes = typeof value === "string" ? new TextEncoder().encode(value) : value
        parts.push(Uint8Array.from([...varint(number * 8 + 2), ...varint(bytes.length)]), bytes)
      }
    }
  }
  return Buffer.concat(parts)
}

export const seconds = (value: number): Uint8Array =>
  message([1, Math.floor(value)], [2, Math.round((value % 1) * 1e9)])

export const items = (entries: Readonly<Record<string, string>>): ReadonlyArray<Uint8Array> =>
  Object.entries(entries).map(([key, json]) =>
    key.includes(">") ? message([2, key.split(">")], [16, json]) : message([1, key], [16, json])
  )

export const records = {
  run: (id: string, project: string, config: Readonly<Record<string, string>> = {}) =>
    message([
      17,
      message(
        [1, id],
        [3, project],
        [4, message([1, items(config)])],
        [8, `name of ${id}`],
        [10, ["a", "b"]],
        [17, seconds(1_790_000_000)]
      )
    ]),
  history: (step: number, entries: Readonly<Record<string, string>>) =>
    message([
      2,
      message(
        [1, items({ ...entries, _timestamp: String(1_790_000_000 + step), _runtime: String(step) })],
        [2, message([1, step])]
      )
    ]),
  summary: (entries: Readonly<Record<string, string>>) => message([3, message([1, items(entries)])]),
  config: (entries: Readonly<Record<string, string>>) => message([5, message([1, items(entries)])]),
  stats: (time: number, entries: Readonly<Record<string, string>>) =>
    message([7, message([2, seconds(time)], [3, items(entries)])]),
  output: (text: string) => message([13, message([1, 1], [2, seconds(1_790_000_001.5)], [3, text])]),
  metric: (name: string, stepMetric: string) =>
    message([12, message([1, name], [4, stepMetric], [7, message([1, 1])])]),
  exit: (code: number) => message([18, message([1, code])])
}

const blockBytes = 32_768

/** The file's bytes. */
export const wandbFile = (payloads: ReadonlyArray<Uint8Array>): Buffer => {
  const out: Array<Uint8Array> = [Buffer.from([0x3a, 0x57, 0x26, 0x42, 0xe1, 0xbe, 0x00])]
  let at = 7
  const put = (bytes: Uint8Array) => {
    out.push(bytes)
    at += bytes.length
  }
  for (const payload of payloads) {
    let rest = payload
    let first = true
    do {
      const left = blockBytes - (at % blockBytes)
      if (left < 7) {
        put(Buffer.alloc(left))
        continue
      }
      const data = rest.subarray(0, left - 7)
      rest = rest.subarray(data.length)
      const type = first ? (rest.length === 0 ? 1 : 2) : rest.length === 0 ? 4 : 3
      const header = Buffer.alloc(7)
      header.writeUInt32LE(crc32(Buffer.concat([Uint8Array.of(type), data])), 0)
      header.writeUInt16LE(data.length, 4)
      header[6] = type
      put(header)
      put(data)
      first = false
    } while (first || rest.length > 0)
  }
  return Buffer.concat(out)
}
