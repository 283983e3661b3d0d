/** The built server on a disk that is full, and on a folder that it may not write. */
import { execFileSync } from "node:child_process"
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { describe, expect, it, onTestFinished } from "vitest"
import { type Answer, api, folder, serve, serveWith, valuesOf } from "./builtServer.ts"

const isRoot = process.getuid?.() === 0

/** A disk of a few megabytes; null where this user may not make one. */
const smallDisk = (megabytes: number): string | null => {
  const path = mkdtempSync(join(tmpdir(), "wanllmdb-disk-"))
  try {
    execFileSync("mount", ["-t", "tmpfs", "-o", `size=${megabytes}m`, "tmpfs", path], { stdio: "ignore" })
  } catch {
    rmSync(path, { recursive: true })
    return null
  }
  onTestFinished(() => {
    execFileSync("umount", ["-l", path])
    rmSync(path, { recursive: true })
  })
  return path
}

const rows = (from: number) =>
  Array.from({ length: 500 }, (_, i) => ({ step: from + i, values: { loss: from + i, noise: Math.random() } }))

/** Sends batches until one is refused; gives how many were taken, and the refusal. */
const fillUp = async (url: string, run: string, from = 0): Promise<{ taken: number; refused: Answer }> => {
  for (let taken = from; taken < 5000; taken++) {
    const headers = { "wanllmdb-writer": "w", "wanllmdb-sequence": String(taken + 1) }
    const answer = await api(url, "POST", `/runs/${run}/metrics`, { rows: rows(taken * 500) }, { headers })
    if (answer.status !== 200) return { taken, refused: answer }
  }
  throw new Error("the disk did not fill up")
}

const expectRefusal = ({ body, headers, status }: Answer): void => {
  expect([503, 507]).toContain(status)
  expect(headers.get("content-type")).toBe("application/problem+json")
  expect(headers.get("retry-after")).not.toBeNull()
  expect(body.detail).toMatch(/disk|space/i)
}

const startRun = async (url: string): Promise<string> => {
  await api(url, "POST", "/projects", { name: "p" })
  return (await api(url, "POST", "/projects/local:p/runs", { slug: "r" })).body.id
}

const upTo = (count: number): ReadonlyArray<number> => Array.from({ length: count }, (_, i) => i)

describe("a full disk", () => {
  it.runIf(isRoot && process.platform === "linux")(
    "refuses every kind of write by name, answers reads, loses nothing, and takes all when there is room",
    async ({ skip }) => {
      const disk = smallDisk(14)
      if (disk === null) return skip("this machine lets nobody mount a disk")
      // Room that is given back later.
      writeFileSync(join(disk, "ballast"), Buffer.alloc(6 << 20))
      const server = await serve("--data", join(disk, "data"))
      const { url } = server
      const run = await startRun(url)
      const { refused, taken } = await fillUp(url, run)
      expectRefusal(refused)
      const text = "x".repeat(200_000)
      expectRefusal(await api(url, "POST", `/runs/${run}/logs`, { lines: [{ text: text + Math.random() }] }))
      const bytes = Buffer.alloc(1 << 20, 7)
      expectRefusal(await api(url, "POST", `/runs/${run}/files?path=a.bin`, bytes))
      expect((await fetch(`${url}/health`)).status).toBe(200)
      expect(await valuesOf(url, run, "loss")).toEqual(upTo(taken * 500))
      rmSync(join(disk, "ballast"))
      const headers = { "wanllmdb-writer": "w", "wanllmdb-sequence": String(taken + 1) }
      const again = await api(url, "POST", `/runs/${run}/metrics`, { rows: rows(taken * 500) }, { headers })
      expect([again.status, again.body.duplicate]).toEqual([200, false])
      expect((await api(url, "POST", `/runs/${run}/files?path=a.bin`, bytes)).status).toBeLessThan(300)
      expect(await valuesOf(url, run, "loss")).toEqual(upTo((taken + 1) * 500))
      server.child.kill("SIGTERM")
      expect(await server.ended).toBe(0)
    }
  )

  // A limit on file size, lifted later: no rights are needed for that, and SQLite meets it as an error of writing.
  it.runIf(process.platform === "linux")("as a limit of the file's size is met the same way", async () => {
    const data = folder()
    const server = await serveWith({ through: ["/bin/sh", "-c", 'ulimit -S -f 8000; exec "$0" "$@"'] }, "--data", data)
    const { url } = server
    const run = await startRun(url)
    const { refused, taken } = await fillUp(url, run)
    expectRefusal(refused)
    expect((await fetch(`${url}/health`)).status).toBe(200)
    execFileSync("prlimit", ["--pid", String(server.child.pid), "--fsize=unlimited"])
    const headers = { "wanllmdb-writer": "w", "wanllmdb-sequence": String(taken + 1) }
    const again = await api(url, "POST", `/runs/${run}/metrics`, { rows: rows(taken * 500) }, { headers })
    expect([again.status, again.body.duplicate]).toEqual([200, false])
    expect(await valuesOf(url, run, "loss")).toEqual(upTo((taken + 1) * 500))
  })
})

describe("a folder that may not be written", () => {
  // Root may write everywhere, so the server runs as somebody else then.
  const asSomebody = isRoot ? { uid: 65_534, gid: 65_534 } : {}

  const refusedStart = (data: string): Promise<string> =>
    serveWith({ spawn: asSomebody }, "--data", data).then(
      () => "started",
      (error: unknown) => String(error)
    )

  it.each(["a new folder in it", "it, empty", "it, with a store"])(
    "ends serve with one clear line: %s",
    async (how) => {
      const parent = folder()
      const data = join(parent, "data")
      if (how !== "a new folder in it") mkdirSync(data)
      if (how === "it, with a store") {
        const server = await serve("--data", data)
        await startRun(server.url)
        server.child.kill("SIGTERM")
        await server.ended
        for (const file of ["wanllmdb.db"]) chmodSync(join(data, file), 0o444)
      }
      for (const path of [parent, ...(how === "a new folder in it" ? [] : [data])]) {
        chmodSync(path, 0o555)
        onTestFinished(() => chmodSync(path, 0o755))
      }
      const message = await refusedStart(data)
      expect(message).toMatch(/ended with 1: wanllmdb: [^\n]*\n$/)
      expect(message).toContain(data)
      expect(message).toMatch(/written|permission/i)
    }
  )

  it("ends serve where the data folder is a file", async () => {
    const file = join(folder(), "data")
    writeFileSync(file, "text")
    const message = await refusedStart(file)
    expect(message).toMatch(/ended with 1: wanllmdb: [^\n]*\n$/)
    expect(readFileSync(file, "utf8")).toBe("text")
  })

  it("ends serve where the store is no database, and leaves the file as it is", async () => {
    const data = folder()
    writeFileSync(join(data, "wanllmdb.db"), "not a database ".repeat(1000))
    const message = await serve("--data", data).then(
      () => "started",
      (error: unknown) => String(error)
    )
    expect(message).toMatch(/ended with 1: wanllmdb: [^\n]*\n$/)
    expect(message).toContain("not a")
    expect(readFileSync(join(data, "wanllmdb.db"), "utf8")).toContain("not a database")
  })
})
