/**
 * One process at a time owns a spool: the run that writes it, or a `sync` of what a dead one left. The lock names its
 * process, so that a lock whose owner is gone counts for nothing.
 */
import { randomBytes } from "node:crypto"
import {
  constants,
  copyFileSync,
  linkSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync
} from "node:fs"
import { hostname } from "node:os"

interface Owner {
  readonly pid: number
  readonly host: string
  /** When the process began, where the system tells; a process id may be given out again. */
  readonly started: string
}

const startOf = (pid: number): string => {
  try {
    // Field 22 of /proc/PID/stat; the command name before it may hold spaces and ends with the last parenthesis.
    const stat = readFileSync(`/proc/${pid}/stat`, "latin1")
    return stat.slice(stat.lastIndexOf(")") + 2).split(" ")[19] ?? ""
  } catch {
    return ""
  }
}

const silentAfterMs = 5 * 60_000

const isAlive = (owner: Owner, file: string): boolean => {
  // Another machine's processes cannot be asked; its owner touches the lock every few seconds.
  if (owner.host !== hostname()) return Date.now() - statSync(file).mtimeMs < silentAfterMs
  try {
    process.kill(owner.pid, 0)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EPERM") return false
  }
  return owner.started === "" || startOf(owner.pid) === owner.started
}

const textOf = (file: string): string | null => {
  try {
    return readFileSync(file, "utf8")
  } catch {
    return null
  }
}

const ownerOf = (text: string | null): Owner | null => {
  try {
    const value: unknown = JSON.parse(text ?? "")
    return typeof value === "object" && value !== null && "pid" in value ? (value as Owner) : null
  } catch {
    return null
  }
}

/** Gives the finished lock its name; false when there is one. */
const takeName = (own: string, file: string): boolean => {
  try {
    linkSync(own, file)
    return true
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code === "EEXIST") return false
    // A file system without hard links.
    try {
      copyFileSync(own, file, constants.COPYFILE_EXCL)
      return true
    } catch (second) {
      if ((second as NodeJS.ErrnoException).code === "EEXIST") return false
      throw second
    }
  }
}

/** Removes a dead owner's lock. False when it was somebody else's by then: two may find the same dead lock at once. */
const setAside = (file: string, text: string, stale: string): boolean => {
  try {
    renameSync(file, stale)
  } catch {
    return true
  }
  const isSame = textOf(stale) === text
  if (!isSame) takeName(stale, file)
  rmSync(stale, { force: true })
  return isSame
}

export class SpoolLock {
  readonly #file: string

  private constructor(file: string) {
    this.#file = file
  }

  /** Null when a living process holds it. */
  static take(file: string): SpoolLock | null {
    const owner: Owner = { pid: process.pid, host: hostname(), started: startOf(process.pid) }
    const own = `${file}.${process.pid}-${randomBytes(4).toString("hex")}`
    // Written before it gets its name, so that nobody ever reads a lock that does not tell its owner yet.
    writeFileSync(own, JSON.stringify(owner), { flag: "wx", mode: 0o600 })
    try {
      for (let attempt = 0; attempt < 3; attempt++) {
        if (takeName(own, file)) return new SpoolLock(file)
        const text = textOf(file)
        const holder = ownerOf(text)
        if (holder !== null && isAlive(holder, file)) return null
        if (text !== null && !setAside(file, text, `${own}.stale`)) return null
      }
      return null
    } finally {
      rmSync(own, { force: true })
    }
  }

  /** Shows other machines that share the folder that the owner lives. */
  touch(): void {
    try {
      utimesSync(this.#file, new Date(), new Date())
    } catch {
      // Only a hint.
    }
  }

  release(): void {
    rmSync(this.#file, { force: true })
  }
}
