/** Which kind of value each column of a section holds. */
import type { FrameSection } from "@wanllmdb/core/metric"
import { kindBit } from "./seriesKinds.ts"

export type { FrameSection }

/** One bit a column, 0 for a column without values. */
export const kindsOfSection = (section: FrameSection): Uint8Array => {
  const kinds = new Uint8Array(section.keys.length)
  for (let i = 0; i < kinds.length; i++) kinds[i] = section.count(i) > 0 ? kindBit(section.kind(i)) : 0
  return kinds
}
