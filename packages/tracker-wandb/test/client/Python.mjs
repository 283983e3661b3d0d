/** Runs scripts in the throw-away environment against one server, each in a folder and with settings of its own. */
import { spawn } from "node:child_process"
import { mkdirSync } from "node:fs"
import { join, resolve } from "node:path"

const scripts = resolve(import.meta.dirname, "python")

/** A key that the client takes without asking; a server in local mode accepts any. */
export const localKey = `local-${"0".repeat(40)}`

export class Python {
  #bin
  #url
  #folder

  constructor({ bin, url, folder }) {
    this.#bin = bin
    this.#url = url
    this.#folder = folder
  }

  get folder() {
    return this.#folder
  }

  /** Only what a job needs is passed on: the developer's own W&B settings must not reach a test. */
  environment(project, extra = {}) {
    const { PATH, LANG, TMPDIR } = process.env
    return {
      PATH: `${this.#bin}:${PATH}`,
      ...(LANG !== undefined && { LANG }),
      ...(TMPDIR !== undefined && { TMPDIR }),
      HOME: this.#folder,
      PYTHONUNBUFFERED: "1",
      OMP_NUM_THREADS: "1",
      MPLBACKEND: "Agg",
      KERAS_BACKEND: "jax",
      JAX_PLATFORMS: "cpu",
      WANDB_BASE_URL: this.#url,
      WANDB_API_KEY: localKey,
      WANDB_DIR: this.#folder,
      WANDB_PROJECT: project,
      WANDB_DISABLE_GIT: "true",
      WANDB_X_FILE_STREAM_TRANSMIT_INTERVAL: "1",
      ...extra
    }
  }

  /** Starts a program; `done` gives its exit status and what it said. */
  start(command, args, { project, env, cwd = this.#folder, timeoutMs = 120_000 } = {}) {
    mkdirSync(cwd, { recursive: true })
    const child = spawn(join(this.#bin, command), args, {
      cwd,
      env: this.environment(project, env),
      stdio: ["ignore", "pipe", "pipe"]
    })
    let output = ""
    for (const stream of [child.stdout, child.stderr]) stream.on("data", (data) => (output += data))
    const timer = setTimeout(() => child.kill("SIGKILL"), timeoutMs)
    const done = new Promise((resolve, reject) => {
      child.on("error", reject)
      child.on("close", (code, signal) => {
        clearTimeout(timer)
        resolve({ code, signal, output })
      })
    })
    return { child, done, said: () => output }
  }

  /** Runs one of the scripts in `python/` to its end. */
  script(name, options = {}, ...args) {
    return this.start("python", [join(scripts, name), ...args], options).done
  }

  /** As `script`, and fails where the job did. */
  async job(name, options, ...args) {
    const result = await this.script(name, options, ...args)
    if (result.code !== 0) throw new Error(`${name} ended with ${result.code ?? result.signal}:\n${result.output}`)
    return result
  }

  starting(name, options = {}, ...args) {
    return this.start("python", [join(scripts, name), ...args], options)
  }
}
