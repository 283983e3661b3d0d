/** Stored bytes seen as words. Copied only when they lie at an address that float64 views refuse. */
import { alignedBytes } from "../frame/frameFormat.ts"

export class PackedBytes {
  readonly u8: Uint8Array
  readonly u32: Uint32Array
  readonly f64: Float64Array

  /** `bytes` have a multiple of eight bytes, as all stored blobs of the metric engine do; a rest is out of reach. */
  constructor(bytes: Uint8Array) {
    const aligned = alignedBytes(bytes)
    this.u8 = aligned
    this.u32 = new Uint32Array(aligned.buffer, aligned.byteOffset, aligned.byteLength >> 2)
    this.f64 = new Float64Array(aligned.buffer, aligned.byteOffset, aligned.byteLength >> 3)
  }
}
