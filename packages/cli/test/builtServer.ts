/** Starts the built command, as it is published, and calls the servers that it becomes. Every process is ended with its test. */
import { type ChildProcess, execFile, type SpawnOptions, spawn } from "node:child_process"
import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import { onTestFinished } from "vitest"

export const main = fileURLToPath(new URL("../bin/wanllmdb.js", import.meta.url))

export const folder = (): string => {
  const path = mkdtempSync(join(tmpdir(), "wanllmdb-e2e-"))
  onTestFinished(() => rmSync(path, { recursive: true, force: true }))
  return path
}

export interface Ended {
  readonly code: number
  readonly out: string
  readonly err: string
}

/** Runs a command to its end. */
export const wanllmdb = (...args: string[]): Promise<Ended> =>
  new Promise((resolve) => {
    execFile(process.execPath, [main, ...args], (error, out, err) =>
      resolve({ code: error === null ? 0 : Number(error.code), out, err })
    )
  })

export interface BuiltServer {
  readonly child: ChildProcess
  readonly url: string
  /** Exit status; null when a signal ended it. */
  readonly ended: Promise<number | null>
  readonly output: () => string
}

export interface ServeOptions {
  readonly spawn?: SpawnOptions
  /** Wrapped around the command, such as `["sh", "-c", …]`. */
  readonly through?: ReadonlyArray<string>
}

export const serveWith = async (options: ServeOptions, ...args: string[]): Promise<BuiltServer> => {
  const port = args.includes("--port") ? [] : ["--port", "0"]
  const [program = "", ...words] = [...(options.through ?? []), process.execPath, main, "serve", ...port, ...args]
  const child = spawn(program, words, { stdio: ["ignore", "pipe", "pipe"], ...options.spawn })
  onTestFinished(() => void child.kill("SIGKILL"))
  let output = ""
  const ended = new Promise<number | null>((resolve) => child.once("exit", (code) => resolve(code)))
  const url = await new Promise<string>((resolve, reject) => {
    const take = (chunk: Buffer): void => {
      output += chunk
      const ready = /^wanLLMDB ready at (http:\S+)$/m.exec(output)
      if (ready !== null) resolve(ready[1]!)
    }
    child.stdout?.on("data", take)
    child.stderr?.on("data", take)
    void ended.then((code) => reject(new Error(`ended with ${code}: ${output}`)))
  })
  return { child, url, ended, output: () => output }
}

export const serve = (...args: string[]): Promise<BuiltServer> => serveWith({}, ...args)

export interface Answer {
  readonly status: number
  readonly headers: Headers
  // biome-ignore lint/suspicious/noExplicitAny: tests look into answers by name
  readonly body: any
}

export interface Call {
  readonly key?: string | undefined
  readonly headers?: Readonly<Record<string, string>> | undefined
}

/** `body`: bytes as they are, anything else as JSON. */
export const api = async (
  url: string,
  method: string,
  path: string,
  body?: unknown,
  { headers, key }: Call = {}
): Promise<Answer> => {
  const isBytes = body instanceof Uint8Array
  const response = await fetch(`${url}/api/v1${path}`, {
    method,
    headers: {
      ...(isBytes ? {} : { "content-type": "application/json" }),
      ...(key === undefined ? {} : { authorization: `Bearer ${key}` }),
      ...headers
    },
    ...(body === undefined ? {} : { body: isBytes ? new Uint8Array(body) : JSON.stringify(body) })
  })
  const text = await response.text()
  const isJson = /^application\/(problem\+)?json/.test(response.headers.get("content-type") ?? "")
  return { status: response.status, headers: response.headers, body: isJson ? JSON.parse(text) : text }
}

/** Values of a key in order of step, repeats too. */
export const valuesOf = async (url: string, run: string, key: string): Promise<ReadonlyArray<number>> => {
  const { body } = await api(url, "GET", `/runs/${run}/metrics/points?key=${key}&repeats=all`)
  const lines = String(body).trim()
  return lines === "" ? [] : lines.split("\n").map((line) => (JSON.parse(line) as { value: number }).value)
}
