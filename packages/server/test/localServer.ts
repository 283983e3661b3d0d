/** A server over memory stores, called as the local user without a socket. */
import { createWanllmdb, type Wanllmdb, type WanllmdbOptions } from "../src/index.ts"
import { memoryStorage } from "./memoryStorage.ts"

export interface CallOptions {
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: BodyInit | object
  readonly peer?: string
}

const isPlain = (body: unknown): body is object =>
  typeof body === "object" && body !== null && Object.getPrototypeOf(body) === Object.prototype

export class LocalServer {
  readonly wan: Wanllmdb
  readonly troubles: Array<unknown> = []

  constructor(options: Partial<WanllmdbOptions> = {}) {
    this.wan = createWanllmdb({
      ...memoryStorage(),
      onError: (error) => this.troubles.push(error),
      ...options
    })
  }

  fetch(method: string, path: string, { body, headers, peer = "127.0.0.1" }: CallOptions = {}): Promise<Response> {
    const json = isPlain(body) || Array.isArray(body)
    const request = new Request(`http://localhost:8080${path}`, {
      method,
      headers: { ...(json && { "content-type": "application/json" }), ...headers },
      ...(body !== undefined && { body: json ? JSON.stringify(body) : (body as BodyInit) })
    })
    return this.wan.handler(request, { peer })
  }

  api(method: string, path: string, options?: CallOptions): Promise<Response> {
    return this.fetch(method, `/api/v1${path}`, options)
  }

  /** The parsed answer, whose shape the test knows. */
  // biome-ignore lint/suspicious/noExplicitAny: tests look into answers by name
  async json(method: string, path: string, options?: CallOptions): Promise<any> {
    const response = await this.api(method, path, options)
    const text = await response.text()
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text}`)
    return text === "" ? null : JSON.parse(text)
  }

  async projectAndRun(slug = "demo", body: object = {}): Promise<{ readonly project: string; readonly run: string }> {
    const project = await this.json("POST", "/projects", { body: { name: slug } })
    const run = await this.json("POST", `/projects/${project.id}/runs`, { body })
    return { project: project.id, run: run.id }
  }
}
