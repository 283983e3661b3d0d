/** A growing buffer of eight-byte words that columns are written to, reused from chunk to chunk so that packing allocates nothing. */

export class ColumnArena {
  u8: Uint8Array
  u32: Uint32Array
  f64: Float64Array
  /** Bytes in use; a multiple of eight between columns. */
  length = 0

  constructor(capacityBytes = 65_536) {
    const buffer = new ArrayBuffer(Math.ceil(capacityBytes / 8) * 8)
    this.u8 = new Uint8Array(buffer)
    this.u32 = new Uint32Array(buffer)
    this.f64 = new Float64Array(buffer)
  }

  reset(): void {
    this.length = 0
  }

  /** Makes room for `bytes` more. Views taken before are stale after it. */
  reserve(bytes: number): void {
    if (this.length + bytes <= this.u8.length) return
    const next = new ArrayBuffer(Math.max(this.u8.length * 2, Math.ceil((this.length + bytes) / 8) * 8))
    new Uint8Array(next).set(this.u8.subarray(0, this.length))
    this.u8 = new Uint8Array(next)
    this.u32 = new Uint32Array(next)
    this.f64 = new Float64Array(next)
  }

  /** A copy of what was written. */
  bytes(): Uint8Array {
    return this.u8.slice(0, this.length)
  }
}
