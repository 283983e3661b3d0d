/**
 * Which paths a file may have. A path that passes can be written below a folder on Linux, macOS and Windows without leaving
 * it, hiding another file or showing people something else than it is.
 */
import { Effect } from "effect"
import { type InvalidInput, invalidInput } from "../store/InvalidInput.ts"

const encoder = new TextEncoder()
const bytesOf = (text: string): number => encoder.encode(text).length

const maxPathBytes = 1024
const maxSegmentBytes = 255

/** C0, DEL, C1, and what turns the direction of text or is invisible. */
const hidden = /[\p{Cc}\p{Cs}\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb]/u
const forbidden = /[\\:*?"<>|]/
const deviceName = /^(con|prn|aux|nul|conin\$|conout\$|com[\d¹²³]|lpt[\d¹²³])\s*(\.|$)/i

const segmentFault = (segment: string): string | null => {
  if (segment === "") return "must be relative and have no empty segment"
  if (segment === "." || segment === "..") return 'must have no segment "." or ".."'
  if (/[. ]$/.test(segment) || segment.startsWith(" ")) {
    return "must have no segment that starts with a space or ends with a space or dot"
  }
  if (deviceName.test(segment)) return "must have no segment that is a device name of Windows"
  return bytesOf(segment) > maxSegmentBytes ? `must have segments of at most ${maxSegmentBytes} bytes` : null
}

/** The rule that a path breaks, or null. The path is taken in Unicode normalization form C. */
export const filePathFault = (path: string): string | null => {
  if (path === "") return "must not be empty"
  if (hidden.test(path)) return "must have no control, invisible or direction-changing characters"
  if (forbidden.test(path)) return 'must have none of \\ : * ? " < > |'
  for (const segment of path.normalize("NFC").split("/")) {
    const fault = segmentFault(segment)
    if (fault !== null) return fault
  }
  return bytesOf(path.normalize("NFC")) > maxPathBytes ? `must be at most ${maxPathBytes} bytes` : null
}

/** The path as it is kept (Unicode normalization form C, so that one name has one spelling), or why it may not be. */
export const checkFilePath = (path: string): Effect.Effect<string, InvalidInput> => {
  const fault = filePathFault(path)
  return fault === null
    ? Effect.succeed(path.normalize("NFC"))
    : Effect.fail(invalidInput("path", fault, JSON.stringify(path.slice(0, 120))))
}

/** The folders of a path from the outermost: `a`, `a/b` for `a/b/c`. */
export const foldersOf = (path: string): ReadonlyArray<string> => {
  const segments = path.split("/")
  return segments.slice(1).map((_, at) => segments.slice(0, at + 1).join("/"))
}

/**
 * The first two paths of a list that cannot lie beside each other on every file system: equal but for case or Unicode form,
 * or one a folder of the other. Ask before writing many files to a disk that may not tell cases apart.
 */
export const pathCollision = (paths: ReadonlyArray<string>): readonly [string, string] | null => {
  const fold = (path: string) => path.normalize("NFC").toLowerCase().toUpperCase()
  const files = new Map<string, string>()
  for (const path of paths) {
    const other = files.get(fold(path))
    if (other !== undefined) return [other, path]
    files.set(fold(path), path)
  }
  for (const path of paths) {
    for (const folder of foldersOf(path)) {
      const other = files.get(fold(folder))
      if (other !== undefined) return [other, path]
    }
  }
  return null
}
