/** How row groups of text, histograms and records are packed. */
import { deflateRawSync, inflateRawSync } from "node:zlib"
import type { ByteCompression } from "@wanllmdb/core/metric"

export const compression: ByteCompression = {
  compress: (bytes) => deflateRawSync(bytes, { level: 6 }),
  decompress: (bytes) => inflateRawSync(bytes)
}
