/** Turns a frame's bytes into sections. Values stay where they are; only names are decoded, and those once per set of keys. */
import { FrameError } from "./FrameFault.ts"
import { FrameSection } from "./FrameSection.ts"
import { alignedBytes } from "./frameFormat.ts"
import { frameLayout } from "./frameLayout.ts"
import { inlineNames } from "./inlineNames.ts"

export interface Frame {
  readonly sections: ReadonlyArray<FrameSection>
  readonly points: number
}

/** Names behind a registered key set's id, or null when there is none. */
export type KeysetResolver = (id: number) => ReadonlyArray<string> | null

/**
 * Decodes a frame that `checkFrame` accepted. Throws `FrameError` where lengths or counts are wrong; checksum and values are
 * not looked at again. Bytes at any address are fine; those at a multiple of eight are not copied.
 */
export const decodeFrame = (bytes: Uint8Array, keysets?: KeysetResolver): Frame => {
  const aligned = alignedBytes(bytes)
  let points = 0
  const sections = frameLayout(aligned).map((layout) => {
    points += layout.points
    const names = layout.keyset === 0 ? inlineNames(aligned, layout) : (keysets?.(layout.keyset) ?? null)
    if (names === null) throw new FrameError(`key set ${layout.keyset} is not registered`, layout.at)
    if (names.length !== layout.keys) throw new FrameError("a section has as many columns as its key set", layout.at)
    return new FrameSection(aligned, layout, names)
  })
  return { sections, points }
}
