/** Moving a buffer costs about as much as copying so many bytes. */
const worthMoving = 16_384

/** The buffers of a message that may be moved to the receiver: those of large typed arrays that fill their buffer. */
export const buffersOf = (value: unknown, found: Set<ArrayBuffer> = new Set(), depth = 4): Set<ArrayBuffer> => {
  if (typeof value !== "object" || value === null || depth === 0) return found
  if (ArrayBuffer.isView(value)) {
    const { buffer } = value
    if (buffer instanceof ArrayBuffer && buffer.byteLength === value.byteLength && value.byteLength >= worthMoving)
      found.add(buffer)
    return found
  }
  if (Array.isArray(value)) {
    // Lists are alike throughout: a list of strings or numbers has nothing to move.
    if (typeof value[0] === "object") for (const entry of value) buffersOf(entry, found, depth - 1)
    return found
  }
  for (const entry of Object.values(value)) buffersOf(entry, found, depth - 1)
  return found
}

/** Cloning a view clones its whole buffer, so a small view of a large one is cut out first. */
export const ownBytes = (bytes: Uint8Array): Uint8Array =>
  bytes.byteLength === bytes.buffer.byteLength ? bytes : bytes.slice()
