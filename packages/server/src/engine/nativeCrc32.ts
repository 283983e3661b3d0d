/** Frames are checked with zlib's CRC-32 where the runtime has it (Node 20.15 and later): many times faster than the portable one. */
import * as zlib from "node:zlib"
import { setCrc32 } from "@wanllmdb/core/metric"

type Crc32 = Parameters<typeof setCrc32>[0]

// Typings of older Node lack it.
const { crc32 } = zlib as { readonly crc32?: Crc32 }

export const useNativeCrc32 = (): void => {
  if (crc32 !== undefined) setCrc32(crc32)
}
