/**
 * An HTTP/1.1 load generator over plain sockets: requests are bytes made before, answers are only counted. It must cost little,
 * because it shares two cores with the server that it measures.
 */
import { connect, type Socket } from "node:net"

export interface Target {
  readonly host: string
  readonly port: number
}

export const requestBytes = (
  method: string,
  path: string,
  headers: Readonly<Record<string, string>> = {},
  body: Uint8Array = new Uint8Array(0)
): Buffer => {
  const lines = Object.entries({ host: "127.0.0.1", "content-length": String(body.length), ...headers }).map(
    ([name, value]) => `${name}: ${value}\r\n`
  )
  return Buffer.concat([Buffer.from(`${method} ${path} HTTP/1.1\r\n${lines.join("")}\r\n`), body])
}

const headEnd = Buffer.from("\r\n\r\n")

/** One keep-alive connection: one request at a time, answered by its status. */
export class Connection {
  readonly #socket: Socket
  #resolve: ((status: number) => void) | null = null
  #reject: ((error: Error) => void) | null = null
  #buffer: Buffer = Buffer.alloc(0)
  /** Bytes of the body still to come; null while the head is read; -1 for chunks. */
  #rest: number | null = null
  #status = 0

  private constructor(socket: Socket) {
    this.#socket = socket
    socket.setNoDelay(true)
    socket.on("data", (part: Buffer) => this.#receive(part))
    const fail = () => this.#reject?.(new Error("The connection broke"))
    socket.on("error", fail)
    socket.on("close", fail)
  }

  static open(target: Target): Promise<Connection> {
    return new Promise((resolve, reject) => {
      const socket = connect(target, () => resolve(new Connection(socket)))
      socket.once("error", reject)
    })
  }

  send(bytes: Uint8Array): Promise<number> {
    return new Promise((resolve, reject) => {
      this.#resolve = resolve
      this.#reject = reject
      this.#socket.write(bytes)
    })
  }

  close() {
    this.#reject = null
    this.#socket.destroy()
  }

  #receive(part: Buffer) {
    if (this.#rest === null) {
      this.#buffer = this.#buffer.length === 0 ? part : Buffer.concat([this.#buffer, part])
      const end = this.#buffer.indexOf(headEnd)
      if (end < 0) return
      const head = this.#buffer.toString("latin1", 0, end)
      this.#status = Number(head.slice(9, 12))
      const length = /\r\ncontent-length: (\d+)/i.exec(head)
      const body = this.#buffer.subarray(end + 4)
      this.#buffer = Buffer.alloc(0)
      if (length === null) {
        this.#rest = -1
        this.#chunk(body)
        return
      }
      this.#rest = Number(length[1]) - body.length
    } else if (this.#rest === -1) {
      this.#chunk(part)
      return
    } else this.#rest -= part.length
    if (this.#rest <= 0) this.#done()
  }

  /** A chunked body ends with an empty chunk; the last bytes tell. */
  #chunk(part: Buffer) {
    this.#buffer = Buffer.concat([this.#buffer.subarray(-5), part])
    if (this.#buffer.subarray(-5).toString("latin1") === "0\r\n\r\n") {
      this.#buffer = Buffer.alloc(0)
      this.#done()
    }
  }

  #done() {
    this.#rest = null
    const resolve = this.#resolve
    this.#resolve = null
    resolve?.(this.#status)
  }
}

export interface LoadResult {
  readonly perSecond: number
  readonly latenciesMs: ReadonlyArray<number>
  readonly failures: number
}

/** Every connection sends its next request when it has its answer. `next` gives the bytes for a connection's turn. */
export const closedLoop = async (
  target: Target,
  connections: number,
  seconds: number,
  next: (connection: number, turn: number) => Uint8Array
): Promise<LoadResult> => {
  const open = await Promise.all(Array.from({ length: connections }, () => Connection.open(target)))
  const latenciesMs: Array<number> = []
  let failures = 0
  const started = performance.now()
  const until = started + seconds * 1000
  await Promise.all(
    open.map(async (connection, index) => {
      for (let turn = 0; performance.now() < until; turn++) {
        const sent = performance.now()
        const status = await connection.send(next(index, turn))
        latenciesMs.push(performance.now() - sent)
        if (status >= 300) failures++
      }
    })
  )
  const elapsed = (performance.now() - started) / 1000
  for (const connection of open) connection.close()
  return { perSecond: latenciesMs.length / elapsed, latenciesMs, failures }
}

/**
 * Requests leave on a clock, whether answers are back or not; latency counts from the moment that a request was due, so a
 * server that stalls pays for everyone who waits.
 */
export const openLoop = async (
  target: Target,
  connections: number,
  seconds: number,
  perSecond: number,
  next: (turn: number) => Uint8Array
): Promise<LoadResult> => {
  const idle = await Promise.all(Array.from({ length: connections }, () => Connection.open(target)))
  const all = [...idle]
  const waiting: Array<(connection: Connection) => void> = []
  const latenciesMs: Array<number> = []
  let failures = 0
  const take = () => {
    const connection = idle.shift()
    return connection === undefined ? new Promise<Connection>((resolve) => waiting.push(resolve)) : connection
  }
  const give = (connection: Connection) => {
    const next = waiting.shift()
    if (next === undefined) idle.push(connection)
    else next(connection)
  }
  const one = async (turn: number, due: number) => {
    const connection = await take()
    const status = await connection.send(next(turn))
    latenciesMs.push(performance.now() - due)
    if (status >= 300) failures++
    give(connection)
  }
  const started = performance.now()
  const running: Array<Promise<void>> = []
  const total = seconds * perSecond
  for (let turn = 0; turn < total; ) {
    const due = started + (turn * 1000) / perSecond
    if (due <= performance.now()) running.push(one(turn++, due))
    else await new Promise((resolve) => setTimeout(resolve, 1))
  }
  await Promise.all(running)
  const elapsed = (performance.now() - started) / 1000
  for (const connection of all) connection.close()
  return { perSecond: latenciesMs.length / elapsed, latenciesMs, failures }
}
