/** A run for tests: its own spool folder, nothing of this machine captured, its messages kept. */
import { mkdtempSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { type InitOptions, init } from "../src/index.ts"

export const spoolFolder = (): string => mkdtempSync(join(tmpdir(), "wanllmdb-spool-"))

export const quietRun = (options: InitOptions = {}) => {
  const messages: string[] = []
  const dir = options.dir ?? spoolFolder()
  const run = init({
    project: "test",
    dir,
    git: false,
    packages: false,
    systemMetrics: false,
    captureConsole: false,
    batchMs: 20,
    onMessage: (_, message) => void messages.push(message),
    ...options
  })
  return { run, dir, messages }
}
