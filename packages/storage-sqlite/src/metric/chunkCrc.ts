/** One checksum over the blobs of a row, in their order; a blob that is null adds nothing. */
import { zlibCrc32 } from "./zlibCrc32.ts"

export const chunkCrc = (...blobs: ReadonlyArray<Uint8Array | null>): number =>
  blobs.reduce((crc, blob) => (blob === null ? crc : zlibCrc32(blob, crc)), 0)
