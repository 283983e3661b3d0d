/** Turns `--data`, `--database` and `--blobs` into stores. */
import { mkdirSync } from "node:fs"
import { join, resolve } from "node:path"
import { fileURLToPath } from "node:url"
import { fs } from "@wanllmdb/storage-fs"
import { sqlite } from "@wanllmdb/storage-sqlite"
import { wrongCall } from "../output/CommandFault.ts"

export interface StoreFlags {
  readonly data: string
  readonly database?: string | undefined
  readonly blobs?: string | undefined
}

export const openStores = ({ data, database, blobs }: StoreFlags) => {
  const file = databaseFile(database) ?? join(data, "wanllmdb.db")
  const dir = blobFolder(blobs) ?? join(data, "blobs")
  // On a shared machine the folder is what keeps other accounts from the file.
  mkdirSync(data, { recursive: true, mode: 0o700 })
  return { storage: sqlite({ file }), blobs: fs({ dir }) }
}

const databaseFile = (address: string | undefined): string | undefined => {
  if (address === undefined) return undefined
  const scheme = schemeOf(address)
  if (scheme === null) return resolve(address)
  if (scheme === "file") return pathOf(address)
  throw wrongCall(`--database ${scheme}: this version keeps data in SQLite; give a path or file:PATH`)
}

const blobFolder = (address: string | undefined): string | undefined => {
  if (address === undefined) return undefined
  const scheme = schemeOf(address)
  if (scheme === null) return resolve(address)
  if (scheme === "file") return pathOf(address)
  throw wrongCall(`--blobs ${scheme}: this version keeps blobs in a folder; give a path or file:DIR`)
}

// One letter is a Windows drive.
const schemeOf = (address: string): string | null => /^([a-z][a-z0-9+.-]+):/i.exec(address)?.[1]?.toLowerCase() ?? null

const pathOf = (address: string): string =>
  address.startsWith("file://") ? fileURLToPath(address) : resolve(address.slice("file:".length))
