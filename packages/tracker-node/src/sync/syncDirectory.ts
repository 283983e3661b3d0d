/**
 * Sends what runs left in their spools: offline runs, and those whose process or server died. Safe to repeat at any time,
 * as often as wanted; spools of living processes are left alone.
 */
import {
  closeSync,
  createReadStream,
  createWriteStream,
  ftruncateSync,
  lstatSync,
  openSync,
  readdirSync,
  rmSync,
  statSync,
  writeSync
} from "node:fs"
import { basename, dirname, join } from "node:path"
import { pipeline } from "node:stream/promises"
import { setTimeout as sleep } from "node:timers/promises"
import { Backoff } from "../send/Backoff.ts"
import { Courier } from "../send/Courier.ts"
import { Transport, TransportError } from "../send/Transport.ts"
import { SpoolLock } from "../spool/SpoolLock.ts"
import { SpoolReader, type SpoolTail } from "../spool/SpoolReader.ts"
import { jsonRecord, RecordType } from "../spool/SpoolRecord.ts"
import { spoolFiles } from "../spool/spoolFiles.ts"

export interface SyncOptions {
  /** Default: where each run was meant to go. */
  readonly url?: string | undefined
  readonly apiKey?: string | undefined
  /** Delete spools that the server has completely. Default false. */
  readonly clean?: boolean | undefined
  /** Attempts per batch while the server does not answer. Default 5. */
  readonly attempts?: number | undefined
  readonly onProgress?: ((spool: string, sentBytes: number, totalBytes: number) => void) | undefined
  readonly fetch?: typeof fetch | undefined
}

export interface SyncedSpool {
  readonly file: string
  readonly run: string
  readonly project: string
  /** `sent`: the server has it all now · `busy`: its process lives · `failed`: see `error` · `empty`: no whole record. */
  readonly outcome: "sent" | "busy" | "failed" | "empty"
  /** Page of the run. */
  readonly url: string | null
  readonly batches: number
  /** Batches that the server had already. */
  readonly duplicates: number
  readonly points: number
  readonly lines: number
  /** Points, batches and changes that the server refused for good. */
  readonly rejected: number
  /** Bytes behind the last whole record, torn off by a crash or damage; kept in a file `.torn` beside the spool. */
  readonly tornBytes: number
  /** Whole records that this version cannot read; they were left out. */
  readonly unreadable: number
  readonly error: string | null
}

export interface SyncReport {
  readonly spools: ReadonlyArray<SyncedSpool>
  readonly failed: number
}

/** `directory` is a spool folder (`./wanllmdb`), or the folder of one run in it. */
export const syncDirectory = async (directory: string, options: SyncOptions = {}): Promise<SyncReport> => {
  const spools: SyncedSpool[] = []
  // One that cannot be read must not keep the others from being sent.
  for (const file of findSpools(directory)) {
    spools.push(
      await syncSpool(file, options).catch((error) => ({ ...unread(file), outcome: "failed", error: messageOf(error) }))
    )
  }
  return { spools, failed: spools.filter((spool) => spool.outcome === "failed").length }
}

// Oldest first, so that what a resumed run did later is also sent later.
const findSpools = (directory: string): ReadonlyArray<string> =>
  readdirSync(directory, { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".spool"))
    .map((name) => join(directory, name))
    // A link could lead out of the folder, and a spool is a file.
    .map((file) => ({ file, stat: lstatSync(file, { throwIfNoEntry: false }) }))
    .flatMap(({ file, stat }) => (stat?.isFile() === true ? [{ file, at: stat.birthtimeMs }] : []))
    .sort((a, b) => a.at - b.at || (a.file < b.file ? -1 : 1))
    .map(({ file }) => file)

const unread = (file: string) => ({
  file,
  run: basename(dirname(file)),
  project: "",
  url: null,
  batches: 0,
  duplicates: 0,
  points: 0,
  lines: 0,
  rejected: 0,
  tornBytes: 0,
  unreadable: 0,
  error: null
})

const syncSpool = async (file: string, options: SyncOptions): Promise<SyncedSpool> => {
  const { progressFile, lockFile } = spoolFiles(dirname(file), basename(file, ".spool"))
  const nothing = unread(file)
  const lock = SpoolLock.take(lockFile)
  if (lock === null) return { ...nothing, outcome: "busy" }
  try {
    const sealed = await sealSpool(file)
    if (sealed === null) return { ...nothing, outcome: "empty" }
    const { opening, tail, tornBytes, unreadable } = sealed
    const transport = new Transport({
      url: options.url ?? opening.url,
      apiKey: options.apiKey,
      fetch: options.fetch
    })
    let refusal: string | null = null
    const courier = new Courier({
      transport,
      opening,
      file,
      progressFile,
      onRefused: (message) => (refusal ??= message)
    })
    const found = { ...nothing, run: opening.slug, project: opening.project, tornBytes, unreadable }
    try {
      const attempts = options.attempts ?? 5
      const run = await retried(() => courier.open(), attempts)
      const size = statSync(file).size
      while (await retried(() => courier.deliverNext(), attempts)) options.onProgress?.(file, courier.delivered, size)
      // A run that was killed gets one sign of life, whose silence the server then reads as a crash.
      if (!tail.finished) await transport.call("POST", `/runs/${run.id}/heartbeat`).catch(() => null)
      await courier.close()
      const complete = refusal === null && courier.counts.rejected + tornBytes + unreadable === 0
      if (options.clean === true && complete) removeSpool(file, progressFile)
      const url = `${transport.url}/${run.entity}/${run.project}/runs/${run.slug}`
      return { ...found, ...courier.counts, outcome: "sent", url, error: refusal }
    } catch (error) {
      await courier.close()
      return {
        ...found,
        ...courier.counts,
        outcome: "failed",
        error: messageOf(error)
      }
    }
  } finally {
    lock.release()
  }
}

/** Cuts off what a crash tore and closes the last batch, so that this and every later sync sees the same batches. */
const sealSpool = async (file: string) => {
  const reader = await SpoolReader.open(file)
  let tail: SpoolTail
  try {
    tail = await reader.tail()
  } finally {
    await reader.close()
  }
  const { opening, unreadable } = reader
  if (opening === null) {
    if (tail.wholeBytes === 0) return null
    throw new Error("the spool is of another version, or none: its first record does not say which run it is of")
  }
  const tornBytes = statSync(file).size - tail.wholeBytes
  if (tornBytes > 0 || tail.wholeBytes > tail.cutEnd) {
    const fd = openSync(file, "a")
    try {
      if (tornBytes > 0) {
        // A flipped bit hides whole records behind it, which somebody may still want.
        await keepTorn(file, tail.wholeBytes)
        ftruncateSync(fd, tail.wholeBytes)
      }
      if (tail.wholeBytes > tail.cutEnd) {
        const cut = {
          metrics: tail.openMetrics ? tail.metrics + 1 : 0,
          logs: tail.openLogs ? tail.logs + 1 : 0
        }
        writeSync(fd, jsonRecord(RecordType.cut, cut))
      }
    } finally {
      closeSync(fd)
    }
  }
  return { opening, tail, tornBytes, unreadable }
}

const keepTorn = (file: string, from: number): Promise<void> =>
  pipeline(
    createReadStream(file, { start: from }),
    createWriteStream(file.replace(/\.spool$/, ".torn"), { mode: 0o600 })
  )

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error))

const retried = async <A>(call: () => Promise<A>, attempts: number): Promise<A> => {
  const backoff = new Backoff()
  for (let attempt = 1; ; attempt++) {
    try {
      return await call()
    } catch (error) {
      if (!(error instanceof TransportError) || !error.retryable || attempt >= attempts) throw error
      await sleep(backoff.next(error.retryAfterMs))
    }
  }
}

const removeSpool = (file: string, progressFile: string): void => {
  rmSync(file, { force: true })
  rmSync(progressFile, { force: true })
}
