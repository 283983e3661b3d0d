/**
 * One process at a time owns a spool: the run that writes it, or a `sync` of what a dead one left. The lock names its
 * process, so that a lock whose owner is gone counts for nothing.
 */
import { closeSync, openSync, readFileSync, rmSync, statSync, utimesSync, writeSync } from "node:fs"
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

const ownerOf = (file: string): Owner | null => {
  try {
    const value: unknown = JSON.parse(readFileSync(file, "utf8"))
    return typeof value === "object" && value !== null && "pid" in value ? (value as Owner) : null
  } catch {
    return null
  }
}

export class SpoolLock {
  readonly #file: string

  private constructor(file: string) {
    this.#file = file
  }

  /** Null when a living process holds it. */
  static take(file: string): SpoolLock | null {
    const owner: Owner = { pid: process.pid, host: hostname(), started: startOf(process.pid) }
    for (let attempt = 0; attempt < 3; attempt++) {
      try {
        const fd = openSync(file, "wx", 0o600)
        writeSync(fd, JSON.stringify(owner))
        closeSync(fd)
        return new SpoolLock(file)
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error
        const holder = ownerOf(file)
        if (holder !== null && isAlive(holder, file)) return null
        rmSync(file, { force: true })
      }
    }
    return null
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
