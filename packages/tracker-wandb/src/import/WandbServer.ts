/** The server as a W&B client sees it, for the importer: everything goes the way a live job's data goes. */
import { createReadStream } from "node:fs"
import { stat } from "node:fs/promises"
import { Readable } from "node:stream"
import { isFields } from "../graphql/Variables.ts"

export interface WandbServerOptions {
  /** Address of the mount. */
  readonly url: string
  readonly apiKey?: string | undefined
}

export interface RunAddress {
  readonly entity: string
  readonly project: string
  readonly run: string
}

/** Attempts for a server that is busy; it is asked again after 1, 2, 4 … seconds. */
const attempts = 5

const pause = (milliseconds: number) => new Promise<void>((resolve) => setTimeout(resolve, milliseconds))

/** What the server says is wrong. */
const reasonOf = async (response: Response): Promise<string> => {
  const text = (await response.text().catch(() => "")).slice(0, 2_000)
  try {
    const body: unknown = JSON.parse(text)
    if (isFields(body)) return String(body.error ?? body.detail ?? text)
  } catch {
    // Not JSON: the text itself says it.
  }
  return text || response.statusText
}

export class WandbServer {
  readonly #url: string
  readonly #headers: Readonly<Record<string, string>>

  constructor({ apiKey, url }: WandbServerOptions) {
    this.#url = url.replace(/\/+$/, "")
    const credential = Buffer.from(`api:${apiKey ?? ""}`).toString("base64")
    this.#headers = apiKey === undefined || apiKey === "" ? {} : { authorization: `Basic ${credential}` }
  }

  async operation(name: string, variables: unknown): Promise<unknown> {
    const body = JSON.stringify({ operationName: name, query: `mutation ${name} { _ }`, variables })
    const response = await this.#send("POST", "/graphql", () => body, { "content-type": "application/json" })
    const answer: unknown = await response.json()
    if (!isFields(answer)) throw new Error(`${name}: the server's answer is no object`)
    const errors = answer.errors
    if (Array.isArray(errors) && isFields(errors[0])) throw new Error(`${name}: ${String(errors[0].message)}`)
    return answer.data
  }

  async stream(address: RunAddress, body: unknown): Promise<void> {
    const text = JSON.stringify(body)
    const path = `${pathOf(address)}/file_stream`
    await this.#send("POST", path, () => text, { "content-type": "application/json" })
  }

  async putFile(address: RunAddress, name: string, path: string): Promise<void> {
    const { size } = await stat(path)
    const target = `${pathOf(address)}/${name.split("/").map(encodeURIComponent).join("/")}`
    const open = () => Readable.toWeb(createReadStream(path)) as ReadableStream<Uint8Array>
    await this.#send("PUT", target, size === 0 ? () => "" : open, { "content-length": String(size) })
  }

  async #send(
    method: string,
    path: string,
    body: () => string | ReadableStream<Uint8Array>,
    headers: Readonly<Record<string, string>>
  ): Promise<Response> {
    for (let attempt = 1; ; attempt++) {
      const init: RequestInit & { duplex: "half" } = {
        method,
        body: body(),
        headers: { ...this.#headers, ...headers },
        duplex: "half"
      }
      const response = await fetch(`${this.#url}${path}`, init).catch((cause: unknown) => {
        if (attempt >= attempts) throw new Error(`no answer from ${this.#url}`, { cause })
        return null
      })
      if (response?.ok === true) return response
      const isBusy = response === null || response.status === 429 || response.status >= 500
      if (response !== null && (!isBusy || attempt >= attempts)) {
        throw new Error(`${response.status}: ${await reasonOf(response)}`)
      }
      await response?.body?.cancel()
      await pause(1000 * 2 ** (attempt - 1))
    }
  }
}

const pathOf = ({ entity, project, run }: RunAddress): string =>
  `/files/${[entity, project, run].map(encodeURIComponent).join("/")}`
