/**
 * A double of the server for transport faults only: it keeps the rule of writers and sequences, and does on command what
 * networks do: refuse, answer late, or apply a batch and lose the answer.
 */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http"
import type { AddressInfo } from "node:net"
import { checkFrame, decodeFrame } from "@wanllmdb/core/metric"

export interface Fault {
  readonly status: number
  readonly headers?: Record<string, string>
  readonly body?: unknown
  /** Applies the call first, so that only the answer is lost. */
  readonly apply?: boolean
}

export interface Point {
  readonly key: string
  readonly step: number
  readonly value: number
}

export class FaultyServer {
  readonly points: Point[] = []
  readonly lines: Array<Record<string, unknown>> = []
  readonly operations: Array<{ method: string; path: string; body: unknown }> = []
  readonly calls: string[] = []
  readonly heartbeats: string[] = []
  stopRequested = false
  /** Asked before each call; null lets it through, `"reset"` breaks the connection. */
  fault: (method: string, path: string) => Fault | "reset" | null = () => null
  readonly writers = new Map<string, number>()
  #server: Server | null = null
  #port = 0

  async start(): Promise<this> {
    this.#server = createServer((request, response) => {
      this.#handle(request, response).catch(() => response.destroy())
    })
    await new Promise<void>((resolve) => this.#server!.listen(this.#port, "127.0.0.1", resolve))
    this.#port = (this.#server.address() as AddressInfo).port
    return this
  }

  async stop(): Promise<void> {
    this.#server?.closeAllConnections()
    await new Promise((resolve) => this.#server?.close(resolve))
  }

  get url(): string {
    return `http://127.0.0.1:${this.#port}`
  }

  values(key: string): number[] {
    return this.points.filter((point) => point.key === key).map((point) => point.value)
  }

  async #handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const path = decodeURIComponent(request.url!.replace("/api/v1", "").replace(/\?.*/, ""))
    const method = request.method!
    const parts: Buffer[] = []
    for await (const part of request) parts.push(part as Buffer)
    const body = Buffer.concat(parts)
    this.calls.push(`${method} ${path}`)
    const fault = this.fault(method, path)
    if (fault === "reset") {
      request.socket.destroy()
      return
    }
    const answer =
      fault === null || fault.apply === true ? this.#apply(method, path, request, body) : { status: 200, body: {} }
    const { status, body: json } = fault === null ? answer : { status: fault.status, body: fault.body ?? {} }
    response.writeHead(status, { "content-type": "application/json", ...(fault === null ? {} : fault.headers) })
    response.end(JSON.stringify(json))
  }

  #apply(method: string, path: string, request: IncomingMessage, body: Buffer): { status: number; body: unknown } {
    if (path.startsWith("/projects/") && method === "GET") return { status: 200, body: { id: "p" } }
    if (/^\/projects\/.*\/runs$/.test(path)) {
      const { slug } = JSON.parse(body.toString()) as { slug: string }
      this.operations.push({ method, path, body: JSON.parse(body.toString()) })
      const createdAt = new Date().toISOString()
      return { status: 201, body: { id: "r1", slug, name: slug, entity: "local", projectSlug: "p", createdAt } }
    }
    if (path === "/runs/r1/heartbeat") {
      this.heartbeats.push(path)
      return { status: 200, body: { stopRequested: this.stopRequested } }
    }
    if (method === "POST" && (path === "/runs/r1/metrics" || path === "/runs/r1/logs")) {
      return this.#append(path, request, body)
    }
    if (method === "GET") return { status: 200, body: { items: [], next: null, total: 0 } }
    this.operations.push({ method, path, body: body.length === 0 ? null : JSON.parse(body.toString()) })
    return { status: 200, body: {} }
  }

  #append(path: string, request: IncomingMessage, body: Buffer): { status: number; body: unknown } {
    const writer = `${path} ${String(request.headers["wanllmdb-writer"])}`
    const sequence = Number(request.headers["wanllmdb-sequence"])
    const last = this.writers.get(writer) ?? 0
    if (sequence <= last) return { status: 200, body: { accepted: 0, rejected: [], sequence, duplicate: true } }
    if (sequence > last + 1) return { status: 409, body: { title: "Gap", expected: last + 1 } }
    if (path.endsWith("/logs")) {
      this.lines.push(...(JSON.parse(body.toString()) as { lines: Array<Record<string, unknown>> }).lines)
      this.writers.set(writer, sequence)
      return { status: 200, body: { accepted: 1, rejected: [], sequence, duplicate: false } }
    }
    const check = checkFrame(body)
    if (!check.ok) return { status: 400, body: { title: check.rule } }
    for (const section of decodeFrame(body).sections) {
      for (const [index, key] of section.keys.entries()) {
        const column = section.column(index)
        if (column.kind !== "number") continue
        for (let row = 0; row < section.rows; row++) {
          const value = column.encoding === "constant" ? column.values[0]! : column.values[row]!
          this.points.push({ key, step: section.steps[row]!, value })
        }
      }
    }
    this.writers.set(writer, sequence)
    return { status: 200, body: { accepted: check.points, rejected: [], sequence, duplicate: false } }
  }
}
