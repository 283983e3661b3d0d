/** A server over memory stores that takes the client's protocol, and what the engine holds afterwards. */
import { gzipSync } from "node:zlib"
import type { WanllmdbOptions } from "../../server/src/index.ts"
import { LocalServer } from "../../server/test/localServer.ts"
import { type WandbOptions, wandb } from "../src/index.ts"

export interface Point {
  readonly step: number
  readonly timeMs: number
  readonly value: unknown
}

interface Caller {
  readonly headers?: Readonly<Record<string, string>>
  readonly peer?: string
}

// biome-ignore lint/suspicious/noExplicitAny: tests look into answers by name
type Answer = any

export class TrackerServer extends LocalServer {
  constructor(options: Partial<WanllmdbOptions> & { readonly wandb?: WandbOptions } = {}) {
    const { wandb: own, ...rest } = options
    super({ plugins: [wandb(own)], ...rest })
  }

  post(path: string, body: string | Uint8Array, { headers, peer }: Caller = {}): Promise<Response> {
    return this.fetch("POST", path, {
      body: body as BodyInit,
      headers: { "content-type": "application/json", ...headers },
      ...(peer !== undefined && { peer })
    })
  }

  async graphql(operation: string, variables: object, caller?: Caller): Promise<Answer> {
    const body = JSON.stringify({ operationName: operation, query: `query ${operation} { x }`, variables })
    const response = await this.post("/graphql", body, caller)
    return { status: response.status, ...((await response.json()) as object) }
  }

  /** Makes or goes on with a run of project `p`. */
  async upsert(name: string, variables: object = {}, caller?: Caller): Promise<Answer> {
    const answer = await this.graphql("UpsertBucket", { project: "p", name, ...variables }, caller)
    if (answer.status !== 200) throw new Error(`${answer.status} ${answer.error}`)
    return answer.data.upsertBucket
  }

  stream(run: string, body: object | string, caller: Caller & { readonly gzip?: boolean } = {}): Promise<Response> {
    const text = typeof body === "string" ? body : JSON.stringify(body)
    const headers = { ...caller.headers, ...(caller.gzip === true && { "content-encoding": "gzip" }) }
    return this.post(`/files/local/p/${run}/file_stream`, caller.gzip === true ? gzipSync(text) : text, {
      ...caller,
      headers
    })
  }

  /** Sends history rows from `offset` on and expects them to be taken. */
  async rows(run: string, offset: number, rows: ReadonlyArray<object | string>, client = ""): Promise<void> {
    const content = rows.map((row) => (typeof row === "string" ? row : JSON.stringify(row)))
    const headers = client === "" ? {} : { "x-wandb-async-client-id": client }
    const response = await this.stream(run, { files: { "wandb-history.jsonl": { offset, content } } }, { headers })
    const text = await response.text()
    if (response.status !== 200) throw new Error(`${response.status} ${text}`)
  }

  held(run: string, project = "p"): Promise<Answer> {
    return this.json("GET", `/runs/local:${project}:${run}`)
  }

  async keys(run: string, project = "p"): Promise<Answer> {
    const { items } = await this.json("GET", `/runs/local:${project}:${run}/metrics?limit=10000`)
    return Object.fromEntries(items.map((item: { readonly key: string }) => [item.key, item]))
  }

  async points(run: string, key: string, project = "p"): Promise<ReadonlyArray<Point>> {
    const path = `/runs/local:${project}:${run}/metrics/points?repeats=all&key=${encodeURIComponent(key)}`
    const text = await (await this.api("GET", path)).text()
    return text
      .split("\n")
      .filter(Boolean)
      .map((line) => JSON.parse(line))
  }

  async lines(run: string, project = "p"): Promise<ReadonlyArray<Answer>> {
    return (await this.json("GET", `/runs/local:${project}:${run}/logs?limit=1000`)).items
  }

  async files(run: string, project = "p"): Promise<ReadonlyArray<string>> {
    const { items } = await this.json("GET", `/runs/local:${project}:${run}/files?limit=1000`)
    return items.map(({ path }: { readonly path: string }) => path)
  }
}

export const range = (from: number, to: number): ReadonlyArray<number> =>
  Array.from({ length: to - from }, (_, i) => from + i)
