import { spawn } from "node:child_process"
import { mkdtempSync, readdirSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { BlobKey, BlobStore } from "@wanllmdb/core"
import { fs } from "@wanllmdb/storage-fs"
import { Effect, Stream } from "effect"
import { build } from "vite"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { isWhole } from "./selfTelling.ts"

const base = mkdtempSync(join(tmpdir(), "wanllmdb-fs-kill-"))
afterAll(() => rmSync(base, { recursive: true, force: true }))

const kills = Number(process.env.WANLLMDB_KILLS ?? 6)

beforeAll(async () => {
  await build({
    configFile: false,
    logLevel: "silent",
    resolve: { conditions: ["@wanllmdb/source"] },
    ssr: { noExternal: true, resolve: { conditions: ["@wanllmdb/source"] } },
    build: { ssr: join(import.meta.dirname, "putUntilKilled.ts"), outDir: base, emptyOutDir: false, minify: false }
  })
})

/** Starts the writer, kills it `ms` after its first answer, and gives the keys it was told are stored. */
const runAndKill = (dir: string, seed: number, ms: number): Promise<ReadonlyArray<string>> =>
  new Promise((resolve, reject) => {
    const writer = spawn(process.execPath, [join(base, "putUntilKilled.js"), dir, String(seed)], {
      stdio: ["ignore", "pipe", "inherit"]
    })
    let output = ""
    writer.stdout.on("data", (piece: Buffer) => {
      if (output === "") setTimeout(() => writer.kill("SIGKILL"), ms)
      output += piece.toString()
    })
    writer.on("error", reject)
    writer.on("close", () => resolve(output.split("\n").slice(0, -1)))
  })

describe("fs under SIGKILL", () => {
  it(
    "every blob is whole, every acknowledged one is there, and nothing half is left",
    async () => {
      for (let round = 0; round * 20 < kills; round++) {
        const dir = join(base, `blobs-${round}`)
        const acknowledged: Array<string> = []
        for (let kill = round * 20; kill < Math.min(kills, round * 20 + 20); kill++) {
          acknowledged.push(...(await runAndKill(dir, kill * 1_001, (kill * 17) % 90)))
        }
        expect(acknowledged.length).toBeGreaterThan(0)
        await Effect.runPromise(
          Effect.gen(function* () {
            const store = yield* BlobStore
            const blobs = yield* store.list({ prefix: "", limit: 1_000_000 })
            for (const { key } of blobs) expect(isWhole(yield* Stream.mkUint8Array(store.get(key)))).toBe(true)
            for (const key of acknowledged) yield* store.head(BlobKey.make(key))
          }).pipe(Effect.provide(fs({ dir }).layer))
        )
        expect(readdirSync(join(dir, "+tmp"))).toEqual([])
        rmSync(dir, { recursive: true })
      }
    },
    60_000 + kills * 5_000
  )
})
