/** The built reference server as a process of its own, on a data folder that outlives it, so that it can be killed and come back. */
import { spawn } from "node:child_process"
import { once } from "node:events"
import { join, resolve } from "node:path"

const main = resolve(import.meta.dirname, "../../../cli/dist/main.js")

export class ServerProcess {
  #child = null
  #port = 0
  #data
  #flags
  #stderr = []

  constructor(folder, flags = []) {
    this.#data = join(folder, "data")
    this.#flags = flags
  }

  get url() {
    return `http://127.0.0.1:${this.#port}`
  }

  /** What the server wrote to stderr. */
  get complaints() {
    return this.#stderr.join("")
  }

  async start() {
    const flags = ["serve", "--port", String(this.#port), "--data", this.#data, ...this.#flags]
    const child = spawn(process.execPath, [main, ...flags], { stdio: ["ignore", "pipe", "pipe"] })
    this.#child = child
    child.stderr.on("data", (data) => this.#stderr.push(String(data)))
    return new Promise((resolve, reject) => {
      let said = ""
      child.stdout.on("data", (data) => {
        said += data
        const ready = /ready at http:\/\/[^:]+:(\d+)/.exec(said)
        if (ready === null) return
        this.#port = Number(ready[1])
        resolve(this)
      })
      child.on("exit", () => reject(new Error(`the server did not start: ${said}${this.complaints}`)))
    })
  }

  async end(signal = "SIGTERM") {
    const child = this.#child
    if (child === null || child.exitCode !== null || child.signalCode !== null) return
    const exit = once(child, "exit")
    child.kill(signal)
    await exit
  }

  /** A key of an ordinary user, made while the server runs. */
  async createKey() {
    const made = spawn(process.execPath, [main, "key", "create", "--data", this.#data, "--json"], {
      stdio: ["ignore", "pipe", "inherit"]
    })
    let said = ""
    for await (const data of made.stdout) said += data
    return JSON.parse(said).key
  }

  async fetch(path, options = {}) {
    const { body, ...rest } = options
    const json = body !== undefined && typeof body !== "string"
    return fetch(`${this.url}${path}`, {
      ...rest,
      ...(body !== undefined && { body: json ? JSON.stringify(body) : body }),
      headers: { ...(json && { "content-type": "application/json" }), ...options.headers }
    })
  }

  /** The parsed answer of `/api/v1`. */
  async api(path, options) {
    const response = await this.fetch(`/api/v1${path}`, options)
    const text = await response.text()
    if (!response.ok) throw new Error(`${options?.method ?? "GET"} ${path}: ${response.status} ${text.slice(0, 500)}`)
    return text === "" ? null : JSON.parse(text)
  }

  run(project, run) {
    return this.api(`/runs/local:${project}:${run}`)
  }

  async runs(project) {
    return (await this.api(`/projects/local:${project}/runs?limit=1000`)).items
  }

  async logs(project, run) {
    return (await this.api(`/runs/local:${project}:${run}/logs?limit=10000`)).items
  }

  /** Keys by name. */
  async keys(project, run) {
    const { items } = await this.api(`/runs/local:${project}:${run}/metrics?limit=10000`)
    return Object.fromEntries(items.map((item) => [item.key, item]))
  }

  /** Paths of the run's files. */
  async files(project, run) {
    return (await this.api(`/runs/local:${project}:${run}/files?limit=1000`)).items.map(({ path }) => path)
  }

  /** Every point of one series, repeats of a step too, as `{ step, timeMs, value }`. */
  async points(project, run, key) {
    const query = new URLSearchParams({ key, repeats: "all" })
    const response = await this.fetch(`/api/v1/runs/local:${project}:${run}/metrics/points?${query}`)
    if (!response.ok) throw new Error(`points of ${key}: ${response.status} ${await response.text()}`)
    return (await response.text())
      .split("\n")
      .filter(Boolean)
      .map((line) => JSON.parse(line))
  }
}
