/**
 * The framing of a `.wandb` file: LevelDB's log format behind a seven-byte header. A live or broken file gives its readable
 * records and a note of what was passed over.
 */
import { closeSync, openSync, readSync } from "node:fs"
import { crc32 } from "@wanllmdb/core/metric"

const blockBytes = 32_768
const headerBytes = 7
/** `:W&B`, then 0xBEE1 and version 0. */
const magic = Buffer.from([0x3a, 0x57, 0x26, 0x42, 0xe1, 0xbe, 0x00])
const chunkHeaderBytes = 7

const chunkType = { full: 1, first: 2, middle: 3, last: 4 } as const

export interface LogFaults {
  /** Chunks whose checksum or order is wrong; reading goes on with the next block. */
  damaged: number
  /** Bytes behind the last whole record. */
  tornBytes: number
}

/** The file does not begin as a `.wandb` file does. */
export class NotAWandbFile extends Error {
  constructor(path: string) {
    super(`${path} does not begin as a .wandb file of version 0`)
    this.name = "NotAWandbFile"
  }
}

const readBlock = (file: number, at: number): Buffer => {
  const block = Buffer.allocUnsafe(blockBytes)
  let filled = 0
  while (filled < blockBytes) {
    const read = readSync(file, block, filled, blockBytes - filled, at + filled)
    if (read === 0) break
    filled += read
  }
  return block.subarray(0, filled)
}

/** The records of a file in order. `faults` is filled in on the way. */
export function* readLog(path: string, faults: LogFaults): Generator<Buffer, void, void> {
  const file = openSync(path, "r")
  try {
    let parts: Array<Buffer> = []
    let open = 0
    const dropOpen = () => {
      if (parts.length > 0) faults.damaged++
      parts = []
      open = 0
    }
    for (let blockStart = 0; ; blockStart += blockBytes) {
      const block = readBlock(file, blockStart)
      if (blockStart === 0 && !block.subarray(0, headerBytes).equals(magic)) throw new NotAWandbFile(path)
      // Block 0 holds the file's header too.
      let at = blockStart === 0 ? headerBytes : 0
      while (at + chunkHeaderBytes <= block.length) {
        const length = block.readUInt16LE(at + 4)
        const type = block[at + 6]!
        const end = at + chunkHeaderBytes + length
        if (type === 0 && length === 0) break
        if (end > block.length) {
          if (block.length < blockBytes) break
          dropOpen()
          faults.damaged++
          break
        }
        if (block.readUInt32LE(at) !== crc32(block.subarray(at + 6, end))) {
          dropOpen()
          faults.damaged++
          break
        }
        const data = block.subarray(at + chunkHeaderBytes, end)
        at = end
        if (type === chunkType.full || type === chunkType.first) {
          dropOpen()
          if (type === chunkType.full) yield data
          else {
            parts = [data]
            open = data.length
          }
        } else if (parts.length > 0 && (type === chunkType.middle || type === chunkType.last)) {
          parts.push(data)
          open += data.length
          if (type === chunkType.last) {
            const record = Buffer.concat(parts, open)
            parts = []
            open = 0
            yield record
          }
        } else if (type > chunkType.last) {
          dropOpen()
          faults.damaged++
          break
        }
      }
      if (block.length < blockBytes) {
        faults.tornBytes = open + Math.max(0, block.length - at)
        return
      }
    }
  } finally {
    closeSync(file)
  }
}
