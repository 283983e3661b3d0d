/** Asks whichever GPU tool the machine has. A tool that is not there is asked once and never again. */
import { execFile } from "node:child_process"
import { platform } from "node:os"
import { amdCommand, parseAmd } from "./amd.ts"
import { appleCommand, parseApple } from "./apple.ts"
import type { GpuSample } from "./GpuSample.ts"
import { nvidiaCommand, parseNvidia } from "./nvidia.ts"

interface Tool {
  readonly command: ReadonlyArray<string>
  readonly parse: (output: string) => ReadonlyArray<GpuSample>
}

const timeoutMs = 5000
/** A tool that hangs or fails this often in a row is left alone. */
const mostFailures = 3

export class GpuProbe {
  #tools: Array<Tool & { failures: number }> = (
    platform() === "darwin"
      ? [{ command: appleCommand, parse: parseApple }]
      : [
          { command: nvidiaCommand, parse: parseNvidia },
          { command: amdCommand, parse: parseAmd }
        ]
  ).map((tool) => ({ ...tool, failures: 0 }))

  async sample(): Promise<ReadonlyArray<GpuSample>> {
    const samples = await Promise.all(this.#tools.map((tool) => this.#ask(tool)))
    this.#tools = this.#tools.filter((tool) => tool.failures < mostFailures)
    return samples.flat().map((sample, index) => (this.#tools.length > 1 ? { ...sample, index } : sample))
  }

  async #ask(tool: Tool & { failures: number }): Promise<ReadonlyArray<GpuSample>> {
    try {
      const output = await outputOf(tool.command)
      tool.failures = 0
      return tool.parse(output)
    } catch (error) {
      tool.failures = (error as NodeJS.ErrnoException).code === "ENOENT" ? mostFailures : tool.failures + 1
      return []
    }
  }
}

const outputOf = ([program, ...args]: ReadonlyArray<string>): Promise<string> =>
  new Promise((resolve, reject) => {
    const child = execFile(program!, args, { timeout: timeoutMs, maxBuffer: 8 << 20 }, (error, stdout) =>
      error === null ? resolve(stdout) : reject(error)
    )
    child.unref()
  })
