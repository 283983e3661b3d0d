/**
 * A store's worker thread as seen from the host's thread: requests out, answers in. It never keeps the process alive by
 * itself, and a thread that dies is replaced at the next request.
 */
import { existsSync } from "node:fs"
import { createRequire } from "node:module"
import { fileURLToPath } from "node:url"
import { Worker } from "node:worker_threads"
import { SqliteFault } from "../driver/SqliteFault.ts"
import type { WriterReply } from "../writer/WriterRequest.ts"
import type { ThreadMessage, ThreadRequest, ThreadSetup } from "./ThreadRequest.ts"

interface Waiting {
  readonly resolve: (value: unknown) => void
  readonly reject: (fault: SqliteFault) => void
}

/** Node cannot run TypeScript in a worker, so from source it is the built file that runs. */
const entry = (): string => {
  const beside = fileURLToPath(new URL("./worker.js", import.meta.url))
  if (existsSync(beside)) return beside
  const built = fileURLToPath(new URL("../../dist/worker.js", import.meta.url))
  if (existsSync(built)) return built
  // Bundled into another program: the package's own file does the work.
  return createRequire(import.meta.url).resolve("@wanllmdb/storage-sqlite/worker")
}

export class StoreThread {
  readonly #setup: ThreadSetup
  readonly #waiting = new Map<number, Waiting>()
  #worker: Worker | undefined
  #outbox: Array<ThreadMessage> = []
  #ids = 0
  #closed = false

  constructor(setup: ThreadSetup) {
    this.#setup = setup
    // The writer is needed at once; a reader may never be.
    if (setup.role === "writer") this.#start()
  }

  request(request: ThreadRequest): Promise<unknown> {
    if (this.#closed) {
      return Promise.reject(new SqliteFault({ code: "CLOSED", kind: "closed", message: "the store is closed" }))
    }
    return new Promise((resolve, reject) => {
      const id = ++this.#ids
      this.#waiting.set(id, { resolve, reject })
      this.#outbox.push({ id, request })
      // Requests of one turn of the event loop travel as one message.
      if (this.#outbox.length === 1) queueMicrotask(() => this.#send())
    })
  }

  /** Lets the thread commit what it has, and ends it. */
  async close(): Promise<void> {
    if (this.#closed) return
    if (this.#worker === undefined && this.#outbox.length === 0) {
      this.#closed = true
      return
    }
    const done = this.request({ op: "close" })
    this.#closed = true
    await done.catch(() => undefined)
    await this.#worker?.terminate()
  }

  #start(): Worker {
    const worker = new Worker(entry(), { workerData: this.#setup, name: `wanllmdb-${this.#setup.role}` })
    this.#worker = worker
    worker.unref()
    worker.on("message", (replies: ReadonlyArray<{ readonly id: number; readonly reply: WriterReply }>) => {
      for (const { id, reply } of replies) {
        const waiting = this.#waiting.get(id)
        this.#waiting.delete(id)
        if (reply.ok) waiting?.resolve(reply.value)
        else waiting?.reject(new SqliteFault(reply.fault))
      }
      if (this.#waiting.size === 0) worker.unref()
    })
    let reason = "the store's thread ended"
    worker.on("error", (cause: unknown) => {
      reason = `the store's thread failed: ${cause instanceof Error ? cause.message : String(cause)}`
    })
    worker.on("exit", () => {
      if (this.#worker !== worker) return
      this.#worker = undefined
      const fault = new SqliteFault({ code: "THREAD", kind: "io", message: reason })
      for (const { reject } of this.#waiting.values()) reject(fault)
      this.#waiting.clear()
    })
    return worker
  }

  #send(): void {
    const messages = this.#outbox
    this.#outbox = []
    const worker = this.#worker ?? this.#start()
    worker.ref()
    worker.postMessage(messages)
  }
}
