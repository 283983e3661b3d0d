import { spawn } from "node:child_process"
import { existsSync } from "node:fs"
import { fileURLToPath } from "node:url"
import { describe, expect, it } from "vitest"
import { syncDirectory } from "../src/index.ts"
import { FaultyServer } from "./FaultyServer.ts"
import { spoolFolder } from "./quietRun.ts"

const built = fileURLToPath(new URL("../dist/index.js", import.meta.url))
const child = fileURLToPath(new URL("./full.child.mjs", import.meta.url))

interface Told {
  readonly kept: number
  readonly dropped: number
  readonly messages: ReadonlyArray<string>
}

// A limit on file size cuts a write in two, as a full disk does.
describe.runIf(existsSync(built) && process.platform !== "win32")("a disk that is full", () => {
  it("is told once, keeps what was written, and leaves no half record", async () => {
    const dir = spoolFolder()
    const program = spawn("/bin/sh", ["-c", 'ulimit -f 100; exec "$0" "$1"', process.execPath, child], {
      env: { ...process.env, WANLLMDB_DIR: dir },
      stdio: ["ignore", "ignore", "ignore", "ipc"]
    })
    const told = await new Promise<Told>((resolve, reject) => {
      program.once("message", (message) => resolve(message as Told))
      program.once("exit", (code) => reject(new Error(`ended with ${code}`)))
    })
    await new Promise((resolve) => program.once("exit", resolve))
    expect(told.dropped).toBeGreaterThan(0)
    expect(told.messages.filter((message) => message.includes("cannot be written"))).toHaveLength(1)
    const server = await new FaultyServer().start()
    expect((await syncDirectory(dir, { url: server.url })).spools).toMatchObject([{ outcome: "sent", tornBytes: 0 }])
    expect(server.values("i")).toEqual(Array.from({ length: told.kept }, (_, i) => i))
    await server.stop()
  })
})
