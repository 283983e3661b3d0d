import { writeFileSync } from "node:fs"
import { join } from "node:path"
import { Migrations, Transactor } from "@wanllmdb/core"
import { Effect } from "effect"
import { describe, expect, it, onTestFinished } from "vitest"
import { openStore } from "../src/openStore.ts"
import { sqlite } from "../src/sqlite.ts"
import { drivers } from "./drivers.ts"
import { temporaryFile } from "./temporaryFile.ts"

describe.each(drivers)("on threads, %s", (driver) => {
  it("writes on one thread and is read on another", async () => {
    const store = await openStore({ file: temporaryFile(), driver })
    onTestFinished(store.close)
    await store.writer.query("create table t (x integer, b blob)", [], null)
    await store.writer.query("insert into t values (?, ?)", [1, new Uint8Array([1, 2, 3])], null)
    const rows = store.connection.snapshot(({ prepare }) => prepare("select x, b from t").all())
    expect(rows.map(({ x, b }) => [x, [...(b as Uint8Array)]])).toEqual([[1, [1, 2, 3]]])
    await expect(store.writer.query("insert into nowhere values (1)", [], null)).rejects.toThrow("nowhere")
  })

  it("migrates once and rolls a failed transaction back", async () => {
    const file = temporaryFile()
    const use = Effect.gen(function* () {
      const migrations = yield* Migrations
      expect(yield* migrations.plan).toEqual([])
      const { transaction } = yield* Transactor
      return yield* Effect.exit(transaction(Effect.fail("no" as const)))
    })
    const { layer } = sqlite({ file, driver })
    await Effect.runPromise(Effect.provide(use, layer))
    await Effect.runPromise(Effect.provide(use, sqlite({ file, driver }).layer))
  })

  it("says why a file cannot be opened", async () => {
    const occupied = temporaryFile()
    writeFileSync(occupied, "")
    await expect(openStore({ file: join(occupied, "wanllmdb.db"), driver })).rejects.toThrow()
  })
})
