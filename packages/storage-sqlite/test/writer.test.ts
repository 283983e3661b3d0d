import { describe, expect, it, onTestFinished } from "vitest"
import { chooseDriver } from "../src/driver/chooseDriver.ts"
import { claimFile } from "../src/driver/fileOwners.ts"
import { openReader } from "../src/driver/openDatabase.ts"
import { faultOf, isUniqueViolation } from "../src/driver/SqliteFault.ts"
import { Writer } from "../src/writer/Writer.ts"
import { inlineWriter } from "../src/writer/WriterClient.ts"
import type { WriterModule } from "../src/writer/WriterModule.ts"
import { drivers } from "./drivers.ts"
import { temporaryFile } from "./temporaryFile.ts"

interface NoteJob {
  readonly text: string
  readonly fail?: boolean
}

/** Counts its commits, so that a test sees which jobs shared one. */
const notes = (commits: Array<number>): WriterModule<NoteJob, number> => ({
  name: "notes",
  migrations: [],
  open: ({ prepare, transaction }) => {
    let joined = 0
    return {
      append: (jobs) => {
        joined += jobs.length
        return jobs.map(({ text, fail }) => {
          if (fail === true) throw new Error("refused")
          return prepare("insert into note (text) values (?)").run(text).lastInsertRowid
        })
      },
      settled: (committed) => {
        if (committed) commits.push(joined)
        joined = 0
      },
      tasks: {
        *clear() {
          let removed = 0
          for (;;) {
            const { changes } = transaction(() =>
              prepare("delete from note where id in (select id from note limit 10)").run()
            )
            if (changes === 0) return removed
            removed += changes
            // Longer than a slice, so that each round is one.
            for (const end = performance.now() + 3; performance.now() < end; );
            yield
          }
        }
      }
    }
  }
})

describe.each(drivers)("the writer on %s", (name) => {
  const setup = async (options: { readonly holdMs?: number } = {}) => {
    const file = temporaryFile()
    const driver = chooseDriver(name)
    const commits: Array<number> = []
    const module = notes(commits)
    const writer = inlineWriter(new Writer({ driver, file, durability: "process", modules: [module], ...options }))
    onTestFinished(() => writer.close())
    await writer.query("create table note (id integer primary key, text text unique, body blob)", [], null)
    const count = () => {
      const db = openReader(driver, file)
      try {
        return db.prepare("select count(*) as n from note").get()?.n
      } finally {
        db.close()
      }
    }
    return { writer, module, commits, count, file }
  }

  it("commits everything that is queued at once", async () => {
    const { writer, module, commits, count } = await setup()
    const ids = await Promise.all(Array.from({ length: 100 }, (_, i) => writer.append(module, { text: `${i}` }, 100)))
    expect(new Set(ids).size).toBe(100)
    expect(commits).toEqual([100])
    expect(count()).toBe(100)
  })

  it("a job that fails takes none of its group with it", async () => {
    const { writer, module, count } = await setup()
    const results = await Promise.allSettled([
      writer.append(module, { text: "a" }, 1),
      writer.append(module, { text: "b", fail: true }, 1),
      writer.append(module, { text: "c" }, 1),
      writer.query("insert into note (text) values (?)", ["a"], null),
      writer.append(module, { text: "d" }, 1)
    ])
    expect(results.map(({ status }) => status)).toEqual(["fulfilled", "rejected", "fulfilled", "rejected", "fulfilled"])
    expect(count()).toBe(3)
  })

  it("appends wait for an open transaction, which sees its own writes", async () => {
    const { writer, module, count } = await setup()
    const transaction = await writer.begin()
    await writer.query("insert into note (text) values ('in')", [], transaction)
    const later = writer.append(module, { text: "after" }, 1)
    const { rows } = await writer.query("select text from note", [], transaction)
    expect(rows.map(({ text }) => text)).toEqual(["in"])
    await writer.end(transaction, false)
    await later
    expect(count()).toBe(1)
  })

  it("rolls back a transaction that is held too long, and says so", async () => {
    const { writer, module, count } = await setup({ holdMs: 30 })
    const transaction = await writer.begin()
    await writer.query("insert into note (text) values ('lost')", [], transaction)
    await writer.append(module, { text: "kept" }, 1)
    await expect(writer.query("select 1", [], transaction)).rejects.toThrow("open longer than 30 ms")
    await expect(writer.end(transaction, true)).rejects.toThrow("rolled back")
    expect(count()).toBe(1)
  })

  it("long work gives way to appends between its slices", async () => {
    const { writer, module } = await setup()
    await Promise.all(Array.from({ length: 200 }, (_, i) => writer.append(module, { text: `${i}` }, 1)))
    const order: Array<string> = []
    const task = writer.task<number>(module, "clear", null).then((removed) => order.push(`cleared ${removed}`))
    await new Promise((resolve) => setImmediate(resolve))
    await writer.append(module, { text: "between" }, 1).then(() => order.push("appended"))
    await task
    expect(order).toEqual(["appended", "cleared 201"])
  })

  it("gives faults the same names in both libraries", async () => {
    const { writer, file } = await setup()
    await writer.query("insert into note (text) values ('x')", [], null)
    const fault = await writer.query("insert into note (text) values ('x')", [], null).catch((cause: unknown) => cause)
    expect(isUniqueViolation(fault)).toBe(true)
    const returning = "insert into note (text) values ('x') returning id"
    expect(isUniqueViolation(await writer.query(returning, [], null).catch((cause: unknown) => cause))).toBe(true)
    await writer.query("pragma max_page_count = 12", [], null)
    const bytes = new Uint8Array(100_000)
    const full = await writer
      .query("insert into note (body) values (?)", [bytes], null)
      .catch((cause: unknown) => cause)
    expect(faultOf(full).kind).toBe("full")
    expect(faultOf(full).message).toContain("free space")
    await writer.query("pragma max_page_count = 100000", [], null)
    await writer.query("insert into note (body) values (?)", [bytes], null)
    const reader = openReader(chooseDriver(name), file)
    expect(() => reader.exec("insert into note (text) values ('y')")).toThrow()
    reader.close()
  })

  it("lets only values through that every library stores alike", async () => {
    const { writer } = await setup()
    for (const value of [undefined, true, new Date(), {}, Number.NaN]) {
      await expect(writer.query("insert into note (text) values (?)", [value as never], null)).rejects.toThrow(
        "SQL parameter 1 must be"
      )
    }
  })
})

it("refuses a second SQLite library on a file that is open", () => {
  const file = temporaryFile()
  const release = claimFile(file, "better-sqlite3")
  expect(() => claimFile(file, "node:sqlite")).toThrow("would not see its locks")
  claimFile(file, "better-sqlite3")()
  release()
  claimFile(file, "node:sqlite")()
})
