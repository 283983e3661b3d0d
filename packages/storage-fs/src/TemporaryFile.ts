/**
 * A blob that is being written. It lies in the temporary folder of the same file system until it is whole and synced, and
 * then appears under its key in one step.
 */
import { createHash } from "node:crypto"
import { access, type FileHandle, link, mkdir, open, rename, rm } from "node:fs/promises"
import { dirname, join } from "node:path"
import { codeOf } from "./fsError.ts"

/** Small pieces are gathered to this size, so that a stream of single bytes is not a system call a byte. */
const bufferBytes = 256 * 1024

/** What file systems without hard links (FAT, some shares) answer; there two processes that create one key at once may both succeed. */
const withoutLinks = new Set(["EPERM", "ENOTSUP", "EOPNOTSUPP", "ENOSYS", "EMLINK"])

/** Makes a rename or a new folder survive a power cut. Windows has no such call and needs none. */
export const syncFolder = async (folder: string): Promise<void> => {
  if (process.platform === "win32") return
  const handle = await open(folder, "r")
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}

/** Makes `folder` below `root` and syncs each folder that got a new entry. */
const makeFolder = async (root: string, folder: string): Promise<void> => {
  const made = await mkdir(folder, { recursive: true, mode: 0o700 })
  if (made === undefined) return
  for (let at = folder; at.length >= made.length && at !== root; at = dirname(at)) await syncFolder(dirname(at))
}

export class TemporaryFile {
  readonly #path: string
  readonly #handle: FileHandle
  readonly #hash = createHash("sha256")
  #waiting: Array<Uint8Array> = []
  #waitingBytes = 0
  #sizeBytes = 0

  private constructor(path: string, handle: FileHandle) {
    this.#path = path
    this.#handle = handle
  }

  static async create(folder: string, name: string): Promise<TemporaryFile> {
    const path = join(folder, name)
    return new TemporaryFile(path, await open(path, "wx", 0o600))
  }

  get sizeBytes(): number {
    return this.#sizeBytes
  }

  async write(pieces: ReadonlyArray<Uint8Array>): Promise<void> {
    for (const piece of pieces) {
      this.#sizeBytes += piece.byteLength
      this.#waitingBytes += piece.byteLength
      this.#waiting.push(piece)
      if (this.#waitingBytes >= bufferBytes) await this.#flush()
    }
  }

  async #flush(): Promise<void> {
    const pieces = this.#waiting
    const bytes = pieces.length === 1 ? pieces[0]! : Buffer.concat(pieces)
    this.#waiting = []
    this.#waitingBytes = 0
    this.#hash.update(bytes)
    for (let at = 0; at < bytes.byteLength; ) {
      const { bytesWritten } = await this.#handle.write(bytes, at, bytes.byteLength - at)
      at += bytesWritten
    }
  }

  /** Puts everything on the disk and gives the SHA-256 in lower-case hex. */
  async finish(): Promise<string> {
    await this.#flush()
    await this.#handle.sync()
    return this.#hash.digest("hex")
  }

  /** Shows the file as `target` in one step. False when `createOnly` finds it taken. */
  async publish(root: string, target: string, createOnly: boolean): Promise<boolean> {
    await makeFolder(root, dirname(target))
    if (createOnly && !(await this.#create(target))) return false
    if (!createOnly) await rename(this.#path, target)
    await syncFolder(dirname(target))
    return true
  }

  /** A link fails where a name is taken; a rename would replace it. */
  async #create(target: string): Promise<boolean> {
    try {
      await link(this.#path, target)
      return true
    } catch (cause) {
      if (codeOf(cause) === "EEXIST") return false
      if (!withoutLinks.has(codeOf(cause))) throw cause
    }
    const taken = await access(target).then(
      () => true,
      () => false
    )
    if (!taken) await rename(this.#path, target)
    return !taken
  }

  /** Frees the handle and what is left under the temporary name. */
  async dispose(): Promise<void> {
    await this.#handle.close().catch(() => undefined)
    await rm(this.#path, { force: true }).catch(() => undefined)
  }
}
