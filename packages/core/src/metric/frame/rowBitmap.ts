/** Bitmaps of rows in sparse columns: bit `row & 7` of byte `row >> 3` says that the row has a value. */

export const bitmapBytes = (rows: number): number => Math.ceil(rows / 8)

export const hasRow = (bitmap: Uint8Array, row: number): boolean => ((bitmap[row >> 3]! >> (row & 7)) & 1) === 1

export const setRow = (bitmap: Uint8Array, row: number): void => {
  bitmap[row >> 3] = bitmap[row >> 3]! | (1 << (row & 7))
}

/** Number of set bits. */
export const countRows = (bitmap: Uint8Array): number => {
  let count = 0
  for (let i = 0; i < bitmap.length; i++) {
    let byte = bitmap[i]!
    while (byte !== 0) {
      byte &= byte - 1
      count++
    }
  }
  return count
}

/** Indexes of set bits, ascending; `count` is their number. */
export const rowsOf = (bitmap: Uint8Array, count: number): Uint32Array => {
  const rows = new Uint32Array(count)
  let at = 0
  for (let i = 0; i < bitmap.length && at < count; i++) {
    let byte = bitmap[i]!
    while (byte !== 0 && at < count) {
      rows[at++] = i * 8 + (31 - Math.clz32(byte & -byte))
      byte &= byte - 1
    }
  }
  return rows
}
