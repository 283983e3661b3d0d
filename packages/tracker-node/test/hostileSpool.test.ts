import { appendFileSync, existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs"
import { hostname } from "node:os"
import { dirname, join } from "node:path"
import fc from "fast-check"
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest"
import { syncDirectory } from "../src/index.ts"
import { SpoolLock } from "../src/spool/SpoolLock.ts"
import { headBytes, jsonRecord, RecordType, sealRecord } from "../src/spool/SpoolRecord.ts"
import { FaultyServer } from "./FaultyServer.ts"
import { quietRun, spoolFolder } from "./quietRun.ts"

const numRuns = 30 * Number(process.env.WANLLMDB_FUZZ ?? 1)

let server: FaultyServer

beforeAll(async () => {
  server = await new FaultyServer().start()
})
afterAll(() => server.stop())
beforeEach(() => {
  server.points.length = 0
  server.lines.length = 0
  server.operations.length = 0
  server.calls.length = 0
  server.writers.clear()
  server.fault = () => null
})

const upTo = (count: number): number[] => Array.from({ length: count }, (_, i) => i)

const spoolsOf = (dir: string): string[] =>
  readdirSync(dir, { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".spool"))
    .map((name) => join(dir, name))

/** An offline run of `count` points in its own folder. */
const offlineRun = async (count: number, dir = spoolFolder()) => {
  const { run } = quietRun({ mode: "offline", dir, slug: `s${Math.random().toString(36).slice(2)}` })
  for (let i = 0; i < count; i++) run.log({ loss: i })
  await run.finish()
  const file = spoolsOf(dir).find((name) => name.includes(run.slug))!
  return { dir, file, slug: run.slug }
}

/** The spool's own first record, and others behind it as a stranger would write them. */
const forged = async (...records: ReadonlyArray<Buffer>) => {
  const spool = await offlineRun(0)
  const whole = readFileSync(spool.file)
  const opening = whole.subarray(0, headBytes + ((whole.readUInt32LE(0) + 7) & ~7))
  writeFileSync(spool.file, Buffer.concat([opening, ...records, jsonRecord(RecordType.cut, { metrics: 1, logs: 1 })]))
  return spool
}

const sync = async (dir: string) => (await syncDirectory(dir, { url: server.url })).spools

describe("a damaged spool", () => {
  it("gives what stands before a flipped bit, keeps the rest beside it, says so, and gives the same again", async () => {
    const { file } = await offlineRun(200)
    const whole = readFileSync(file)
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 0, max: whole.length * 8 - 1 }), async (bit) => {
        const dir = spoolFolder()
        const copy = join(dir, "x.spool")
        const bytes = Buffer.from(whole)
        bytes[bit >> 3]! ^= 1 << (bit & 7)
        writeFileSync(copy, bytes)
        server.points.length = 0
        server.writers.clear()
        const [first] = await sync(dir)
        expect(["sent", "empty", "failed"]).toContain(first!.outcome)
        const values = server.values("loss")
        expect(values).toEqual(upTo(values.length))
        if (first!.outcome === "sent" && first!.tornBytes > 0) {
          const torn = readFileSync(join(dir, "x.torn"))
          expect(torn.length).toBe(first!.tornBytes)
          expect(bytes.subarray(bytes.length - torn.length).equals(torn)).toBe(true)
        }
        const [again] = await sync(dir)
        expect(again!.outcome).toBe(first!.outcome)
        expect(server.values("loss")).toEqual(values)
      }),
      { numRuns }
    )
  })

  it("of another version is left as it is, with the reason", async () => {
    const { dir, file } = await offlineRun(0)
    const whole = readFileSync(file)
    const opening = JSON.parse(whole.subarray(headBytes, headBytes + whole.readUInt32LE(0)).toString())
    const bytes = Buffer.concat([jsonRecord(RecordType.opening, { ...opening, format: 2 }), Buffer.from("more")])
    writeFileSync(file, bytes)
    expect(await sync(dir)).toMatchObject([{ outcome: "failed", error: expect.stringContaining("another version") }])
    expect(readFileSync(file).equals(bytes)).toBe(true)
  })

  it("does not keep the others of its folder from being sent", async () => {
    const { dir } = await offlineRun(10)
    mkdirSync(join(dir, "folder.spool"))
    symlinkSync(join(dir, "nowhere"), join(dir, "broken.spool"))
    writeFileSync(join(dir, "empty.spool"), "")
    const strange = await offlineRun(0, dir)
    writeFileSync(strange.file, jsonRecord(RecordType.opening, { format: 99 }))
    const outcomes = (await sync(dir)).map(({ outcome }) => outcome)
    expect(outcomes.sort()).toEqual(["empty", "failed", "sent"])
    expect(server.values("loss")).toEqual(upTo(10))
  })
})

describe("a forged spool", () => {
  it.each([
    ["../../outside.txt"],
    ["files/../../outside.txt"],
    ["/etc/hostname"],
    ["files/"],
    ["files/.."],
    ["files"],
    ["files/link"],
    ["files\\..\\..\\outside.txt"],
    ["files/nested/x"]
  ])("sends no file of this machine but its own copies: %s", async (stored) => {
    const { dir, file } = await forged(jsonRecord(RecordType.operation, { op: "file", path: "a.txt", stored }))
    const folder = dirname(file)
    writeFileSync(join(dir, "outside.txt"), "secret")
    mkdirSync(join(folder, "files", "nested"), { recursive: true })
    writeFileSync(join(folder, "files", "nested", "x"), "secret")
    symlinkSync(join(dir, "outside.txt"), join(folder, "files", "link"))
    const [spool] = await sync(dir)
    expect(spool).toMatchObject({ outcome: "sent", error: expect.stringContaining("a.txt") })
    expect(server.calls.filter((call) => call.includes("/files"))).toEqual([])
  })

  it("whose folder of files is a link sends nothing from there", async () => {
    const { dir, file } = await forged(jsonRecord(RecordType.operation, { op: "file", path: "a", stored: "files/a" }))
    const elsewhere = spoolFolder()
    writeFileSync(join(elsewhere, "a"), "secret")
    symlinkSync(elsewhere, join(dirname(file), "files"))
    expect(await sync(dir)).toMatchObject([{ outcome: "sent", error: expect.stringContaining("link") }])
    expect(server.calls.filter((call) => call.includes("/files"))).toEqual([])
  })

  it("of records that say something else than they should is read around, and says so", async () => {
    const odd: ReadonlyArray<unknown> = [null, 5, "text", [], {}, [null], { op: "explode" }, { op: "file" }, { op: 1 }]
    const types = [RecordType.keyset, RecordType.values, RecordType.lines, RecordType.operation, RecordType.cut]
    const broken = types.flatMap((type) => odd.map((value) => jsonRecord(type, value)))
    const noJson = Buffer.alloc(headBytes + 8, 0x7b)
    sealRecord(noJson, 0, RecordType.lines, 0, 0, 8)
    const row = Buffer.alloc(headBytes + 24)
    sealRecord(row, 0, RecordType.row, 0, 77, 24)
    const good = jsonRecord(RecordType.lines, [{ text: "kept", stream: "stdout" }])
    const { dir } = await forged(...broken, noJson, row, good)
    const [first] = await sync(dir)
    expect(first).toMatchObject({ outcome: "sent", error: null })
    expect(first!.unreadable).toBeGreaterThan(20)
    expect(server.lines).toMatchObject([{ text: "kept" }])
  })

  it("whose record claims gigabytes is read up to there", async () => {
    const { dir, file } = await offlineRun(5)
    const head = Buffer.alloc(headBytes)
    head.writeUInt32LE(0xffff_fff0, 0)
    appendFileSync(file, head)
    expect(await sync(dir)).toMatchObject([{ outcome: "sent", tornBytes: headBytes }])
    expect(server.values("loss")).toEqual(upTo(5))
  })
})

describe("several syncs of one folder", () => {
  it("at once send everything once", async () => {
    const dir = spoolFolder()
    for (let i = 0; i < 6; i++) await offlineRun(50, dir)
    const reports = await Promise.all([sync(dir), sync(dir), sync(dir)])
    for (const file of spoolsOf(dir)) {
      const outcomes = reports.map((spools) => spools.find((spool) => spool.file === file)!.outcome)
      expect(outcomes).toContain("sent")
      expect(outcomes.every((outcome) => outcome === "sent" || outcome === "busy")).toBe(true)
    }
    expect(server.values("loss").length).toBe(300)
  })

  it("to two servers give each of them everything", async () => {
    const { dir } = await offlineRun(50)
    await sync(dir)
    const other = await new FaultyServer().start()
    expect((await syncDirectory(dir, { url: other.url })).spools).toMatchObject([{ outcome: "sent", points: 50 }])
    expect(other.values("loss")).toEqual(upTo(50))
    await other.stop()
  })

  it("keep a spool of which the server refused a part, also when told to clean up", async () => {
    const { dir, file } = await offlineRun(5)
    server.fault = (_, path) => (path.endsWith("/metrics") ? { status: 400, body: { title: "no" } } : null)
    await syncDirectory(dir, { url: server.url, clean: true })
    expect(existsSync(file)).toBe(true)
  })
})

describe("the lock of a spool", () => {
  it("of a dead process is taken over by one of those who find it", () => {
    const file = join(spoolFolder(), "a.lock")
    writeFileSync(file, JSON.stringify({ pid: 2 ** 22 - 3, host: hostname(), started: "" }))
    const first = SpoolLock.take(file)
    expect(first).not.toBeNull()
    expect(SpoolLock.take(file)).toBeNull()
    first!.release()
    expect(SpoolLock.take(file)).not.toBeNull()
  })

  it("leaves nothing else behind, and one that says nothing counts for nothing", () => {
    const dir = spoolFolder()
    const file = join(dir, "a.lock")
    writeFileSync(file, "")
    const lock = SpoolLock.take(file)
    expect(lock).not.toBeNull()
    expect(readdirSync(dir)).toEqual(["a.lock"])
    lock!.release()
    expect(readdirSync(dir)).toEqual([])
  })
})
