/** The checksum of a frame: CRC-32 over every byte but the four that hold it. */
import { crc32 } from "./crc32.ts"
import { headerAt } from "./frameFormat.ts"

export const frameChecksum = (bytes: Uint8Array): number =>
  crc32(bytes.subarray(headerAt.byteLength), crc32(bytes.subarray(0, headerAt.crc)))
