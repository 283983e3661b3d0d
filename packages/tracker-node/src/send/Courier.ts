/**
 * Delivers a spool to the server, batch by batch and in order. It keeps no data of its own: what is not acknowledged is read
 * again from the file. The living run and `sync` both use it.
 */
import { openAsBlob } from "node:fs"
import { dirname } from "node:path"
import { ownCopy } from "../spool/ownCopy.ts"
import type { JsonObject, SpoolLine, SpoolOpening, SpoolOperation } from "../spool/SpoolContent.ts"
import { readProgress, type SpoolProgress, writeProgress } from "../spool/SpoolProgress.ts"
import { type Batch, SpoolReader } from "../spool/SpoolReader.ts"
import { encodeBatch } from "./encodeBatch.ts"
import { type OpenedRun, openRun } from "./openRun.ts"
import { isObject, isRefusal, type Transport, TransportError } from "./Transport.ts"

export interface CourierOptions {
  readonly transport: Transport
  readonly opening: SpoolOpening
  readonly file: string
  readonly progressFile: string
  /** Hears what the server refused for good; the rest goes on. */
  readonly onRefused: (message: string) => void
}

const progressEveryMs = 1000
const frameType = "application/vnd.wanllmdb.frame"

export class Courier {
  run: OpenedRun | null = null
  /** Batches and points acknowledged by this courier, and those that the server had already. */
  readonly counts = { batches: 0, duplicates: 0, points: 0, lines: 0, rejected: 0 }
  readonly #options: CourierOptions
  #reader: SpoolReader | null = null
  #pending: Batch | null = null
  /** Calls of the pending batch that were answered. */
  #callsDone = 0
  #progress: SpoolProgress | null = null
  #savedAtMs = Number.NEGATIVE_INFINITY
  #rewound = false
  #lanes = { metrics: newLane(), logs: newLane() }

  constructor(options: CourierOptions) {
    this.#options = options
  }

  /** Everything before this offset is acknowledged. */
  get delivered(): number {
    return this.#progress?.offset ?? 0
  }

  /** Makes or finds the run. Rejects with `TransportError`; call again to try again. */
  async open(): Promise<OpenedRun> {
    const { transport, opening, progressFile, file } = this.#options
    const known = await readProgress(progressFile)
    const run = await openRun(transport, opening)
    if (run.refused !== null && this.run === null) {
      this.#options.onRefused(run.refused)
      this.counts.rejected++
    }
    const usable = known !== null && known.run === run.id && known.url === transport.url ? known : null
    this.#progress = usable ?? {
      run: run.id,
      url: transport.url,
      baseStep: run.baseStep,
      baseLine: run.baseLine,
      offset: 0
    }
    await this.#save()
    this.#reader ??= await SpoolReader.open(file)
    this.run = { ...run, baseStep: this.#progress.baseStep, baseLine: this.#progress.baseLine }
    return this.run
  }

  /** Sends the next batch that ends at or before `limit`. False when there is none. */
  async deliverNext(limit?: number): Promise<boolean> {
    const reader = this.#reader
    if (reader === null || this.#progress === null) throw new Error("open() comes first")
    const batch = this.#pending ?? (await reader.nextBatch(limit))
    if (batch === null) return false
    this.#pending = batch
    if (batch.end > this.#progress.offset) {
      try {
        await this.#send(batch)
      } catch (error) {
        if (this.#startOver(error, batch)) return true
        throw error
      }
      this.#progress = { ...this.#progress, offset: batch.end }
      this.counts.batches++
      if (performance.now() - this.#savedAtMs >= progressEveryMs) await this.#save()
    }
    this.#pending = null
    return true
  }

  async close(): Promise<void> {
    if (this.#progress !== null) await this.#save()
    await this.#reader?.close()
    this.#reader = null
  }

  async #send(batch: Batch): Promise<void> {
    const ends = batch.operations.filter((operation) => operation.op === "finish")
    const calls = [
      ...merged(batch.operations).map((operation) => () => this.#operate(operation)),
      ...(batch.metrics > 0 ? [() => this.#sendPoints(batch)] : []),
      ...(batch.logs > 0 ? [() => this.#sendLines(batch)] : []),
      ...ends.map((operation) => () => this.#operate(operation))
    ]
    // A batch of many calls on a bad line gets on by one call at a time.
    while (this.#callsDone < calls.length) {
      await calls[this.#callsDone]!()
      this.#callsDone++
    }
    this.#callsDone = 0
  }

  async #sendPoints(batch: Batch): Promise<void> {
    const { opening } = this.#options
    const answer = await this.#append("metrics", opening.writer, batch.metrics, {
      bytes: encodeBatch(batch, this.#progress!.baseStep),
      contentType: frameType
    })
    if (!isObject(answer)) return
    if (typeof answer.accepted === "number" && answer.duplicate !== true) this.counts.points += answer.accepted
    const rejected = Array.isArray(answer.rejected) ? answer.rejected : []
    this.counts.rejected += rejected.length
    for (const point of rejected.slice(0, 1)) {
      if (isObject(point)) this.#options.onRefused(`metric "${String(point.key)}": ${String(point.message)}`)
    }
  }

  async #sendLines(batch: Batch): Promise<void> {
    const { opening } = this.#options
    const base = this.#progress!.baseLine
    const lines = batch.lines.map((line: SpoolLine) =>
      base === 0 || line.line === undefined ? line : { ...line, line: line.line + base }
    )
    // Logs count their own batches, so they need a writer of their own.
    const answer = await this.#append("logs", `${opening.writer}-log`, batch.logs, { json: { lines } })
    if (isObject(answer) && answer.duplicate !== true) this.counts.lines += lines.length
  }

  async #append(kind: "metrics" | "logs", writer: string, sequence: number, call: object): Promise<unknown> {
    const lane = this.#lanes[kind]
    try {
      const answer = await this.#options.transport.call("POST", `/runs/${this.#progress!.run}/${kind}`, {
        ...call,
        headers: {
          "wanllmdb-writer": lane.generation === 0 ? writer : `${writer}_${lane.generation}`,
          "wanllmdb-sequence": String(sequence - lane.skipped)
        }
      })
      if (isObject(answer) && answer.duplicate === true) this.counts.duplicates++
      return answer
    } catch (error) {
      if (!(error instanceof TransportError) || !isRefusal(error.status)) throw error
      this.#options.onRefused(error.message)
      this.counts.rejected++
      this.#lanes[kind] = { generation: lane.generation + 1, skipped: sequence }
      return null
    }
  }

  async #operate(operation: SpoolOperation): Promise<void> {
    const run = `/runs/${this.#progress!.run}`
    const { transport } = this.#options
    try {
      switch (operation.op) {
        case "config":
          await transport.call("POST", `${run}/config`, { json: operation.value })
          break
        case "patch":
          await transport.call("PATCH", run, { json: operation.value })
          break
        case "define":
          await transport.call("POST", `${run}/metrics/definitions`, { json: operation.value })
          break
        case "addTags":
          await transport.call("POST", `${run}/tags`, { json: { tags: operation.tags } })
          break
        case "removeTag":
          await transport.call("DELETE", `${run}/tags/${encodeURIComponent(operation.tag.toWellFormed())}`)
          break
        case "file":
          await this.#upload(operation.path, operation.stored)
          break
        case "finish":
          if (!operation.endsRun) break
          await transport.call("POST", `${run}/finish`, {
            json: {
              state: operation.state,
              ...(operation.exitCode === undefined ? {} : { exitCode: operation.exitCode })
            }
          })
      }
    } catch (error) {
      if (!(error instanceof TransportError) || !isRefusal(error.status)) throw error
      this.counts.rejected++
      this.#options.onRefused(error.message)
    }
  }

  async #upload(path: string, stored: string): Promise<void> {
    let bytes: Blob
    try {
      bytes = await openAsBlob(await ownCopy(dirname(this.#options.file), stored))
    } catch (error) {
      this.#options.onRefused(`file "${path}" is gone from the spool: ${String(error)}`)
      return
    }
    await this.#options.transport.call(
      "POST",
      `/runs/${this.#progress!.run}/files?path=${encodeURIComponent(path.toWellFormed())}`,
      {
        bytes,
        timeoutMs: 600_000
      }
    )
  }

  // A server that lost acknowledged batches, restored from a backup perhaps, waits for an earlier one; the file has it.
  #startOver(error: unknown, batch: Batch): boolean {
    if (!(error instanceof TransportError) || error.status !== 409) return false
    const expected = error.problem.expected
    const highest = Math.max(batch.metrics, batch.logs)
    if (typeof expected !== "number" || expected >= highest || this.#rewound) return false
    this.#rewound = true
    this.#pending = null
    this.#callsDone = 0
    this.#progress = { ...this.#progress!, offset: 0 }
    this.#lanes = { metrics: newLane(), logs: newLane() }
    this.#reader?.rewind()
    return true
  }

  async #save(): Promise<void> {
    this.#savedAtMs = performance.now()
    await writeProgress(this.#options.progressFile, this.#progress!)
  }
}

/**
 * A refused batch does not use up its sequence, so what follows needs numbers of its own: the same writer with a suffix,
 * counted from 1 again.
 */
interface Lane {
  readonly generation: number
  readonly skipped: number
}

const newLane = (): Lane => ({ generation: 0, skipped: 0 })

/** Without the finish; neighbours that say the same kind of thing become one call, the later winning. */
const merged = (operations: ReadonlyArray<SpoolOperation>): ReadonlyArray<SpoolOperation> => {
  const result: SpoolOperation[] = []
  for (const operation of operations) {
    const last = result.at(-1)
    if (operation.op === "finish") continue
    const mergeable = operation.op === "config" || operation.op === "patch"
    if (mergeable && last?.op === operation.op) {
      result[result.length - 1] = { op: operation.op, value: deepMerge(last.value, operation.value) }
    } else result.push(operation)
  }
  return result
}

const deepMerge = (into: JsonObject, from: JsonObject): JsonObject => {
  const result: Record<string, unknown> = { ...into }
  for (const [key, value] of Object.entries(from)) {
    const present = result[key]
    result[key] = isObject(present) && isObject(value) ? deepMerge(present, value) : value
  }
  return result
}
