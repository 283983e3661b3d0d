/**
 * Where a key lies below the root. Every key has a path of its own on every file system: upper case is spelled out because
 * many do not tell cases apart, files end in `.blob` so that `a` and `a/b` can both exist, and long segments are folded
 * into folders. A content key keeps its looks: `sha256/ab/cdef…` lies at `sha256/ab/cdef….blob`.
 */
const leafEnding = ".blob"
/** Of encoded characters; twice that and the marks stay below the 255 bytes that file systems allow. */
const pieceLength = 100
/** Device names of Windows, with any ending. */
const reserved = /^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/i

/** Folder of unfinished writes; no key encodes to it. */
export const temporaryFolder = "+tmp"

const encodePiece = (piece: string): string => {
  const spelled = piece.replace(/[A-Z]/g, (letter) => `^${letter.toLowerCase()}`).replace(/\.$/, "^-")
  return reserved.test(spelled) ? `+${spelled}` : spelled
}

const decodePiece = (name: string): string =>
  name
    .replace(/^\+/, "")
    .replace(/\^-$/, ".")
    .replace(/\^([a-z])/g, (_, letter: string) => letter.toUpperCase())

const piecesOf = (segment: string): ReadonlyArray<string> => segment.match(new RegExp(`.{1,${pieceLength}}`, "g")) ?? []

/** Folders and file name of a key that `BlobKey` accepts. */
export const keyPath = (key: string): ReadonlyArray<string> =>
  key.split("/").flatMap((segment, at, segments) => {
    const pieces = piecesOf(segment).map(encodePiece)
    const last = pieces.length - 1
    const leaf = at === segments.length - 1
    return pieces.map((piece, n) => {
      if (n < last) return `${piece}+`
      if (leaf) return piece + leafEnding
      return piece.endsWith(leafEnding) ? `${piece}++` : piece
    })
  })

export type PathEntry =
  | { readonly kind: "blob" | "folder" | "piece"; readonly text: string }
  /** Not made by `keyPath`: someone else's file, which is left alone. */
  | { readonly kind: "foreign" }

/** What a name in a folder stands for: the end of a key, a segment, or the first part of a long segment. */
export const readName = (name: string, isFolder: boolean): PathEntry => {
  if (name === temporaryFolder) return { kind: "foreign" }
  if (!isFolder) {
    return name.endsWith(leafEnding)
      ? { kind: "blob", text: decodePiece(name.slice(0, -leafEnding.length)) }
      : { kind: "foreign" }
  }
  if (name.endsWith("++")) return { kind: "folder", text: decodePiece(name.slice(0, -2)) }
  if (name.endsWith("+")) return { kind: "piece", text: decodePiece(name.slice(0, -1)) }
  return { kind: "folder", text: decodePiece(name) }
}
