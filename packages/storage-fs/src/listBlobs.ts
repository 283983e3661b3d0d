/** Walks the folders in order of key and opens only those that can hold what is asked for. */
import { readdir, stat } from "node:fs/promises"
import { join } from "node:path"
import { type BlobInfo, BlobKey } from "@wanllmdb/core"
import { Schema } from "effect"
import { codeOf } from "./fsError.ts"
import { readName } from "./keyPath.ts"

interface Place {
  /** A whole key, or the beginning of keys. */
  readonly text: string
  readonly path: string
  readonly kind: "blob" | "folder"
}

const isKey = Schema.is(BlobKey)

const places = async (folder: string, text: string): Promise<ReadonlyArray<Place>> => {
  const entries = await readdir(folder, { withFileTypes: true }).catch((cause: unknown) => {
    if (codeOf(cause) === "ENOENT") return []
    throw cause
  })
  const found: Array<Place> = []
  for (const entry of entries) {
    const read = entry.isDirectory() || entry.isFile() ? readName(entry.name, entry.isDirectory()) : null
    if (read === null || read.kind === "foreign") continue
    const path = join(folder, entry.name)
    // The parts of a long segment sort among their neighbours, so they are looked into at once.
    if (read.kind === "piece") found.push(...(await places(path, text + read.text)))
    else if (read.kind === "folder") found.push({ kind: "folder", path, text: `${text + read.text}/` })
    else found.push({ kind: "blob", path, text: text + read.text })
  }
  return found.sort((a, b) => (a.text < b.text ? -1 : 1))
}

export interface BlobListQuery {
  readonly prefix: string
  readonly after: string
  readonly limit: number
}

/** Whether keys that start with `text` can be in the answer. */
const mayHold = (text: string, { prefix, after }: BlobListQuery): boolean =>
  (text.startsWith(prefix) || prefix.startsWith(text)) && (text > after || after.startsWith(text))

export const infoOf = (
  key: BlobKey,
  found: { readonly size: number; readonly mtimeMs: number; readonly ino: number }
): BlobInfo => ({
  key,
  sizeBytes: found.size,
  etag: `${found.ino.toString(16)}-${found.size.toString(16)}-${Math.trunc(found.mtimeMs * 1000).toString(16)}`,
  modifiedAt: found.mtimeMs
})

export const listBlobs = async (root: string, query: BlobListQuery): Promise<ReadonlyArray<BlobInfo>> => {
  const blobs: Array<BlobInfo> = []
  const walk = async (folder: string, text: string): Promise<void> => {
    for (const place of await places(folder, text)) {
      if (blobs.length >= query.limit) return
      if (place.kind === "folder") {
        if (mayHold(place.text, query)) await walk(place.path, place.text)
        continue
      }
      if (!place.text.startsWith(query.prefix) || place.text <= query.after || !isKey(place.text)) continue
      const found = await stat(place.path).catch(() => null)
      if (found !== null) blobs.push(infoOf(place.text, found))
    }
  }
  await walk(root, "")
  return blobs
}
