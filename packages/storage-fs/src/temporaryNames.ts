/** Names of unfinished files tell who writes them, so that what a killed process left can be removed without a lock. */
import { randomBytes } from "node:crypto"
import { readdir, rm, stat } from "node:fs/promises"
import { hostname } from "node:os"
import { join } from "node:path"

const host = hostname().replace(/[^A-Za-z0-9-]/g, "_")
/** After this long without a write, an unfinished file of another machine counts as left behind. */
const staleMs = 24 * 60 * 60 * 1000

export const temporaryName = (): string => `${host}.${process.pid}.${randomBytes(8).toString("hex")}`

const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0)
    return true
  } catch (cause) {
    // A process of another user answers EPERM: it is there.
    return !(cause instanceof Error && "code" in cause && cause.code === "ESRCH")
  }
}

/** Removes unfinished files whose process on this machine has ended, and those that nobody wrote to for a day. */
export const removeLeftovers = async (folder: string, now: number): Promise<void> => {
  for (const name of await readdir(folder)) {
    const [owner, pid] = name.split(".")
    const path = join(folder, name)
    const dead = owner === host && /^\d+$/.test(pid ?? "") && !isAlive(Number(pid))
    const stale =
      dead ||
      (await stat(path)
        .then((found) => now - found.mtimeMs > staleMs)
        .catch(() => false))
    if (stale) await rm(path, { force: true })
  }
}
