/** Reads a range of a file in pieces, at the pace of whoever takes them. */
import { constants } from "node:fs"
import { type FileHandle, open } from "node:fs/promises"
import { type BlobKey, BlobNotFound, type StoreError } from "@wanllmdb/core"
import { Effect, Option, Stream } from "effect"
import { attempt, codeOf, fsError } from "./fsError.ts"

const pieceBytes = 256 * 1024
/** A link planted at a blob's place is not followed. */
const flags = constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0)

const openBlob = (key: BlobKey, path: string) =>
  Effect.acquireRelease(
    Effect.tryPromise({
      try: () => open(path, flags),
      catch: (cause) =>
        ["ENOENT", "ENOTDIR"].includes(codeOf(cause)) ? new BlobNotFound({ key }) : fsError("blobs.get", cause)
    }),
    (handle) => Effect.promise(() => handle.close().catch(() => undefined))
  )

const readPiece = async (handle: FileHandle, at: number, end: number): Promise<Uint8Array> => {
  const bytes = new Uint8Array(Math.min(pieceBytes, end - at))
  const { bytesRead } = await handle.read(bytes, 0, bytes.length, at)
  // Blobs are never written in place, so this is a damaged disk, and half a blob must not look like a whole one.
  if (bytesRead === 0) throw new Error(`the file ends ${end - at} bytes early`)
  return bytes.subarray(0, bytesRead)
}

/** Bytes from `start` to before `end`, both limited to the blob's size. */
export const readBlob = (
  key: BlobKey,
  path: string,
  start: number,
  end: number
): Stream.Stream<Uint8Array, BlobNotFound | StoreError> =>
  Stream.unwrap(
    Effect.gen(function* () {
      const handle = yield* openBlob(key, path)
      const { size } = yield* attempt("blobs.get", () => handle.stat())
      const last = Math.min(end, size)
      if (start >= last) return Stream.empty
      return Stream.paginate(start, (at) =>
        Effect.map(
          attempt("blobs.get", () => readPiece(handle, at, last)),
          (piece) => {
            const next = at + piece.length
            return [[piece], next < last ? Option.some(next) : Option.none<number>()] as const
          }
        )
      )
    })
  )
