/**
 * The only connection of the process that writes. It commits everything that is queued in one transaction, so that a
 * hundred small appends cost one sync of the disk, and lets one metadata transaction at a time hold the lock.
 */
import type { Durability } from "../driver/openDatabase.ts"
import { openWriter, statementCache } from "../driver/openDatabase.ts"
import type { SqliteDatabase, SqliteDriver } from "../driver/SqliteDriver.ts"
import { faultOf, SqliteFault } from "../driver/SqliteFault.ts"
import { retryBusy } from "./retryBusy.ts"
import type { ModuleWriter, TaskStep, WriterContext, WriterModule } from "./WriterModule.ts"
import type { QueryAnswer, WriterReply, WriterRequest } from "./WriterRequest.ts"

export interface WriterOptions {
  readonly driver: SqliteDriver
  readonly file: string
  readonly durability: Durability
  readonly modules: ReadonlyArray<WriterModule<never, unknown>>
  /** A metadata transaction that is open longer is rolled back, because everyone waits for it. Default 5,000. */
  readonly holdMs?: number | undefined
  /** How long the lock of another process is waited for. Default 10,000. */
  readonly busyMs?: number | undefined
}

type Reply = (reply: WriterReply) => void
type Joining = Extract<WriterRequest, { op: "append" | "query" }>

interface Entry {
  readonly request: WriterRequest
  readonly reply: Reply
}

interface RunningTask {
  readonly steps: Generator<TaskStep, unknown, void>
  readonly reply: Reply
}

const groupBytes = 8 * 1024 * 1024
const groupRequests = 512
/** A slice goes on for this long, and then until the task yields. */
const sliceMs = 2
/** Under constant load a task still gets a slice this often. */
const taskEveryMs = 10
/** Statements that SQLite does not allow, or ignores, inside a transaction. */
const standsAlone = /^\s*(pragma|vacuum|attach|detach)\b/i

/** Faults of the file or the disk: repeating the jobs one by one would only repeat them. */
const hitsAll = (fault: SqliteFault): boolean =>
  fault.kind !== "constraint" && fault.kind !== "other" && fault.kind !== "expired"

const failed = (fault: SqliteFault): WriterReply => ({ ok: false, fault: fault.toData() })

export class Writer {
  readonly #db: SqliteDatabase
  readonly #prepare: SqliteDatabase["prepare"]
  readonly #modules = new Map<string, ModuleWriter<unknown, unknown>>()
  readonly #syncs: boolean
  readonly #holdMs: number
  readonly #busyMs: number
  #queue: Array<Entry> = []
  #tasks: Array<RunningTask> = []
  #lastSlice = 0
  #transaction: number | null = null
  #transactions = 0
  #holdTimer: NodeJS.Timeout | undefined
  #expired = new Set<number>()
  #scheduled = false
  #closed = false

  constructor(options: WriterOptions) {
    this.#syncs = options.durability === "power"
    this.#holdMs = options.holdMs ?? 5000
    this.#busyMs = options.busyMs ?? 10_000
    this.#db = retryBusy(() => openWriter(options.driver, options.file, options.durability), this.#busyMs)
    this.#prepare = statementCache(this.#db)
    const context: WriterContext = {
      db: this.#db,
      prepare: this.#prepare,
      transaction: (body) => this.#commit(body),
      repeatable: (body) => this.#commitUnsynced(body),
      background: (start, failed) => {
        this.#tasks.push({ steps: start(), reply: ({ ok }) => !ok && failed() })
        this.#schedule()
      }
    }
    for (const module of options.modules) {
      this.#modules.set(module.name, module.open(context) as ModuleWriter<unknown, unknown>)
    }
  }

  /** Takes a request; `reply` is called exactly once, never before this returns. */
  submit(request: WriterRequest, reply: Reply): void {
    if (this.#closed) {
      queueMicrotask(() =>
        reply(failed(new SqliteFault({ code: "CLOSED", kind: "closed", message: "the store is closed" })))
      )
      return
    }
    this.#queue.push({ request, reply })
    this.#schedule()
  }

  /** Commits what is queued, gives up tasks and an open transaction, and closes the file. */
  close(): void {
    if (this.#closed) return
    if (this.#transaction !== null) this.#expire(this.#transaction)
    while (this.#queue.length > 0 && this.#transaction === null) this.#pump()
    this.#closed = true
    if (this.#transaction !== null) this.#expire(this.#transaction)
    const gone = failed(new SqliteFault({ code: "CLOSED", kind: "closed", message: "the store is closed" }))
    for (const { reply } of [...this.#queue, ...this.#tasks]) reply(gone)
    this.#queue = []
    this.#tasks = []
    this.#db.close()
  }

  // A macrotask: all messages that have arrived by then join the same commit.
  #schedule(): void {
    if (this.#scheduled || this.#closed) return
    this.#scheduled = true
    setImmediate(() => {
      this.#scheduled = false
      if (this.#closed) return
      this.#pump()
      if (this.#runnable()) this.#schedule()
    })
  }

  #runnable(): boolean {
    if (this.#transaction === null) return this.#queue.length > 0 || this.#tasks.length > 0
    return this.#queue.some(({ request }) => this.#belongs(request))
  }

  /** Whether a request may run while a transaction is open: only what names a transaction, the open one or a past one. */
  #belongs(request: WriterRequest): boolean {
    return (request.op === "query" || request.op === "end") && request.transaction !== null
  }

  #pump(): void {
    const inside = this.#queue.filter(({ request }) => this.#belongs(request))
    if (inside.length > 0) {
      this.#queue = this.#queue.filter(({ request }) => !this.#belongs(request))
      for (const entry of inside) this.#runInside(entry)
      return
    }
    if (this.#transaction !== null) return
    const [first] = this.#queue
    if (first !== undefined) {
      if (first.request.op === "begin") this.#begin(this.#queue.shift()!)
      else if (first.request.op === "task") this.#startTask(this.#queue.shift()!)
      else this.#group(this.#takeGroup())
    }
    const due = this.#queue.length === 0 || performance.now() - this.#lastSlice > taskEveryMs
    if (this.#tasks.length > 0 && this.#transaction === null && due) this.#slice()
  }

  #takeGroup(): Array<Entry> {
    let size = 0
    let count = 0
    for (const { request } of this.#queue) {
      if (request.op === "append") size += request.sizeBytes
      else if (request.op !== "query") break
      if (count > 0 && (size > groupBytes || count >= groupRequests)) break
      count++
    }
    return this.#queue.splice(0, count)
  }

  #group(entries: ReadonlyArray<Entry>): void {
    const requests = entries.map(({ request }) => request as Joining)
    const alone = requests.length === 1
    try {
      const [only] = requests
      const values =
        alone && only?.op === "query" && standsAlone.test(only.sql) ? [this.#query(only)] : this.#commitGroup(requests)
      entries.forEach(({ reply }, i) => {
        reply({ ok: true, value: values[i] })
      })
    } catch (cause) {
      const fault = faultOf(cause)
      if (alone || hitsAll(fault)) for (const { reply } of entries) reply(failed(fault))
      else for (const entry of entries) this.#group([entry])
    }
  }

  #commitGroup(requests: ReadonlyArray<Joining>): ReadonlyArray<unknown> {
    const touched = new Set<ModuleWriter<unknown, unknown>>()
    try {
      const values = this.#commit(() => {
        const answers: Array<unknown> = []
        for (let i = 0; i < requests.length; ) {
          const request = requests[i]!
          if (request.op === "query") {
            answers.push(this.#query(request))
            i++
            continue
          }
          const jobs: Array<unknown> = []
          for (; i < requests.length; i++) {
            const next = requests[i]!
            if (next.op !== "append" || next.module !== request.module) break
            jobs.push(next.job)
          }
          const module = this.#module(request.module)
          touched.add(module)
          for (const answer of module.append(jobs)) answers.push(answer)
        }
        return answers
      })
      for (const module of touched) module.settled(true)
      return values
    } catch (cause) {
      for (const module of touched) module.settled(false)
      throw cause
    }
  }

  #module(name: string): ModuleWriter<unknown, unknown> {
    const module = this.#modules.get(name)
    if (module === undefined) throw new Error(`The writer has no module "${name}"`)
    return module
  }

  #commit<A>(body: () => A): A {
    retryBusy(() => this.#db.exec("begin immediate"), this.#busyMs)
    try {
      const value = body()
      this.#db.exec("commit")
      return value
    } catch (cause) {
      // A full disk may have ended the transaction already.
      if (this.#db.inTransaction) this.#db.exec("rollback")
      throw cause
    }
  }

  #commitUnsynced<A>(body: () => A): A {
    if (!this.#syncs) return this.#commit(body)
    this.#db.exec("pragma synchronous = normal")
    try {
      return this.#commit(body)
    } finally {
      this.#db.exec("pragma synchronous = full")
    }
  }

  #query({ sql, parameters }: Extract<WriterRequest, { op: "query" }>): QueryAnswer {
    const statement = this.#prepare(sql)
    if (!statement.returnsRows) return { rows: [], ...statement.run(...parameters) }
    const rows = statement.all(...parameters)
    return { rows, changes: rows.length, lastInsertRowid: 0 }
  }

  #begin({ reply }: Entry): void {
    try {
      retryBusy(() => this.#db.exec("begin immediate"), this.#busyMs)
    } catch (cause) {
      reply(failed(faultOf(cause)))
      return
    }
    const transaction = ++this.#transactions
    this.#transaction = transaction
    this.#holdTimer = setTimeout(() => {
      this.#expire(transaction)
      this.#schedule()
    }, this.#holdMs)
    reply({ ok: true, value: transaction })
  }

  #expire(transaction: number): void {
    if (this.#transaction !== transaction) return
    this.#expired.add(transaction)
    this.#release()
    if (this.#db.inTransaction) this.#db.exec("rollback")
  }

  #release(): void {
    clearTimeout(this.#holdTimer)
    this.#transaction = null
  }

  #runInside({ request, reply }: Entry): void {
    if (request.op !== "query" && request.op !== "end") return
    try {
      if (request.transaction !== this.#transaction) {
        // Rolling back what is rolled back already is what the caller wanted.
        if (request.op === "end" && !request.commit) {
          reply({ ok: true, value: null })
          return
        }
        const reason = this.#expired.has(request.transaction ?? 0)
          ? `was open longer than ${this.#holdMs} ms`
          : "is not open"
        throw new SqliteFault({
          code: "EXPIRED",
          kind: "expired",
          message: `the transaction ${reason} and was rolled back`
        })
      }
      if (request.op === "query") {
        reply({ ok: true, value: this.#query(request) })
        return
      }
      this.#release()
      this.#db.exec(request.commit ? "commit" : "rollback")
      reply({ ok: true, value: null })
    } catch (cause) {
      if (request.op === "end" && this.#db.inTransaction) this.#db.exec("rollback")
      if (this.#transaction !== null && !this.#db.inTransaction) this.#release()
      reply(failed(faultOf(cause)))
    }
  }

  #startTask({ request, reply }: Entry): void {
    if (request.op !== "task") return
    try {
      const start = this.#module(request.module).tasks[request.task]
      if (start === undefined) throw new Error(`The writer's module "${request.module}" has no task "${request.task}"`)
      this.#tasks.push({ steps: start(request.input as never), reply })
    } catch (cause) {
      reply(failed(faultOf(cause)))
    }
  }

  /** One slice of the task at the head, which then goes to the end of the line. */
  #slice(): void {
    const task = this.#tasks.shift()!
    const start = performance.now()
    try {
      for (;;) {
        const step = task.steps.next()
        if (step.done === true) {
          task.reply({ ok: true, value: step.value })
          break
        }
        if (step.value !== "waiting" && performance.now() - start < sliceMs) continue
        this.#tasks.push(task)
        break
      }
    } catch (cause) {
      task.reply(failed(faultOf(cause)))
    }
    this.#lastSlice = performance.now()
  }
}
