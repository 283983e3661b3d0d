import { assert, describe, it } from "@effect/vitest"
import { makeMigrations, metadataMigrations } from "@wanllmdb/storage-sql"
import { Effect } from "effect"
import { sql } from "kysely"
import { anyLibrary, openSession } from "./databases.ts"

const first = { name: "0001_a", statements: () => ["create table a (id integer)"] }
const second = { name: "0002_b", statements: () => ["create table b (id integer)"] }
const broken = { name: "0003_c", statements: () => ["create table c (id integer)", "no such statement"] }

describe("migrations", () => {
  it.effect("apply in order of name, once", () =>
    Effect.gen(function* () {
      const session = yield* openSession(anyLibrary, false)
      const migrations = makeMigrations(session, [second, first])
      assert.deepStrictEqual(yield* migrations.plan, ["0001_a", "0002_b"])
      assert.deepStrictEqual(yield* migrations.run, ["0001_a", "0002_b"])
      assert.deepStrictEqual(yield* migrations.plan, [])
      assert.deepStrictEqual(yield* migrations.run, [])
      assert.deepStrictEqual(
        (yield* migrations.applied).map(({ name }) => name),
        ["0001_a", "0002_b"]
      )
    })
  )

  it.effect("all or nothing: a broken one leaves the schema as it was", () =>
    Effect.gen(function* () {
      const session = yield* openSession(anyLibrary, false)
      yield* makeMigrations(session, [first]).run
      const error = yield* Effect.flip(makeMigrations(session, [first, second, broken]).run)
      assert.strictEqual(error.operation, "migrations.run")
      assert.deepStrictEqual(yield* makeMigrations(session, [first, second]).plan, ["0002_b"])
    })
  )

  it.effect("several servers that start together migrate once", () =>
    Effect.gen(function* () {
      const session = yield* openSession("node:sqlite", false)
      const migrations = makeMigrations(session, metadataMigrations)
      const applied = yield* Effect.all([migrations.run, migrations.run, migrations.run], { concurrency: 3 })
      assert.strictEqual(applied.flat().length, metadataMigrations.length)
    })
  )

  it.effect("the printed SQL does what a run would do", () =>
    Effect.gen(function* () {
      const session = yield* openSession(anyLibrary, false)
      const migrations = makeMigrations(session, metadataMigrations)
      const text = yield* migrations.sql
      yield* session.query("by hand", async (db) => {
        for (const statement of text.split(/;\n?/)) if (statement.trim() !== "") await sql.raw(statement).execute(db)
      })
      assert.deepStrictEqual(yield* migrations.plan, [])
    })
  )
})
