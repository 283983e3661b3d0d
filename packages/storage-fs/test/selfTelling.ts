/** A blob whose bytes tell whether they are whole: its seed and length, then bytes that follow from the seed. */
export const selfTelling = (seed: number): ReadonlyArray<Uint8Array> => {
  const length = 1_000 + ((seed * 7_919) % 400_000)
  const bytes = new Uint8Array(length)
  const view = new DataView(bytes.buffer)
  view.setUint32(0, seed)
  view.setUint32(4, length)
  for (let at = 8; at < length; at++) bytes[at] = (seed + at * 31) & 0xff
  return Array.from({ length: Math.ceil(length / 65_536) }, (_, at) => bytes.subarray(at * 65_536, (at + 1) * 65_536))
}

export const isWhole = (bytes: Uint8Array): boolean => {
  if (bytes.length < 8) return false
  const view = new DataView(bytes.buffer, bytes.byteOffset)
  const seed = view.getUint32(0)
  if (view.getUint32(4) !== bytes.length) return false
  for (let at = 8; at < bytes.length; at++) if (bytes[at] !== ((seed + at * 31) & 0xff)) return false
  return true
}
