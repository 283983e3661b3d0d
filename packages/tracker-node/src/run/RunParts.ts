/** What works behind a live run, and how it is brought to an end in order. */
import { existsSync, readdirSync, rmdirSync, rmSync } from "node:fs"
import { join } from "node:path"
import type { LineLog } from "../log/LineLog.ts"
import type { PointLog } from "../point/PointLog.ts"
import type { Courier } from "../send/Courier.ts"
import type { Sender } from "../send/Sender.ts"
import type { Transport } from "../send/Transport.ts"
import type { SystemMonitor } from "../system/SystemMonitor.ts"
import type { Heartbeat } from "./Heartbeat.ts"
import type { Spool } from "./openSpool.ts"
import type { Reporter } from "./Reporter.ts"
import type { FinishReport } from "./Run.ts"

export interface RunPartsOptions {
  readonly spool: Spool
  readonly points: PointLog
  readonly lines: LineLog
  readonly transport: Transport
  /** Null offline, as is the sender. */
  readonly courier: Courier | null
  readonly sender: Sender | null
  readonly heartbeat: Heartbeat | null
  readonly monitor: SystemMonitor | null
  readonly primary: boolean
  readonly finishTimeoutMs: number
  readonly reporter: Reporter
  /** Work that is still gathering facts about the environment. */
  readonly capture: Promise<void>
  readonly releaseConsole: () => void
}

/** How long the end of a run waits for git and package facts. */
const captureTimeoutMs = 6000

export class RunParts {
  readonly spool: Spool
  readonly points: PointLog
  readonly lines: LineLog
  readonly transport: Transport
  readonly courier: Courier | null
  readonly sender: Sender | null
  readonly primary: boolean
  readonly #options: RunPartsOptions
  #files = 0

  constructor(options: RunPartsOptions) {
    this.spool = options.spool
    this.points = options.points
    this.lines = options.lines
    this.transport = options.transport
    this.courier = options.courier
    this.sender = options.sender
    this.primary = options.primary
    this.#options = options
  }

  /** Numbers copies of saved files, so that the same file saved twice is two states of it. */
  nextFile(): string {
    return `${filePrefix(this.spool)}${this.#files++}`
  }

  async end(markEnd: () => void, timeoutMs = this.#options.finishTimeoutMs): Promise<FinishReport> {
    const { spool, sender, monitor, heartbeat, reporter, releaseConsole, capture } = this.#options
    monitor?.stop()
    await Promise.race([
      capture,
      new Promise((resolve) => setTimeout(resolve, Math.min(captureTimeoutMs, timeoutMs)).unref())
    ])
    releaseConsole()
    markEnd()
    const delivered = sender === null ? false : await sender.flush(timeoutMs)
    heartbeat?.stop()
    await sender?.stop()
    spool.writer.close()
    spool.lock.release()
    const refused = this.courier?.counts.rejected ?? 0
    const complete = delivered && spool.writer.dropped === 0
    if (complete && refused === 0) removeSpool(spool)
    else if (complete) reporter.info(`the server refused part of this run; all of it is kept in ${spool.folder}`)
    else if (sender === null) reporter.info(`offline run kept in ${spool.folder}; send it with: npx wanllmdb sync`)
    else {
      const reason = "the server has not everything of this run"
      reporter.info(`${reason}; it is kept in ${spool.folder}, send it with: npx wanllmdb sync`)
    }
    return { delivered, folder: spool.folder }
  }
}

// The server has it all; other processes of the run may still have theirs in the same folder.
const removeSpool = (spool: Spool): void => {
  const files = join(spool.folder, "files")
  rmSync(spool.file, { force: true })
  rmSync(spool.progressFile, { force: true })
  try {
    if (existsSync(files)) {
      const own = readdirSync(files).filter((name) => name.startsWith(filePrefix(spool)))
      for (const name of own) rmSync(join(files, name), { force: true })
      rmdirSync(files)
    }
    rmdirSync(spool.folder)
  } catch {
    // Not empty.
  }
}

const filePrefix = (spool: Spool): string => `${spool.opening.writer.slice(0, 12)}-`
