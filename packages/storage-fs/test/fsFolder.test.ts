import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync
} from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { BlobKey, BlobStore } from "@wanllmdb/core"
import { fs } from "@wanllmdb/storage-fs"
import { Effect, Stream } from "effect"
import fc from "fast-check"
import { afterAll, beforeEach, describe, expect, it } from "vitest"
import { fsError } from "../src/fsError.ts"
import { keyPath, readName } from "../src/keyPath.ts"

const base = mkdtempSync(join(tmpdir(), "wanllmdb-fs-"))
afterAll(() => rmSync(base, { recursive: true, force: true }))

let dir = ""
let made = 0
beforeEach(() => {
  dir = join(base, `case-${++made}`, "blobs")
})

const text = (value: string) => Stream.make(new TextEncoder().encode(value))

const withStore = <A, E>(use: (store: BlobStore["Service"]) => Effect.Effect<A, E>) =>
  Effect.runPromise(
    Effect.gen(function* () {
      return yield* use(yield* BlobStore)
    }).pipe(Effect.provide(fs({ dir }).layer))
  )

const put = (key: string) => withStore((store) => store.put(BlobKey.make(key), text("hello")))

describe("the folder of fs", () => {
  it("is private to its user, folders and files alike", async () => {
    await put("sha256/ab/cdef")
    for (const path of ["", "sha256", "sha256/ab", "+tmp"]) {
      expect(statSync(join(dir, path)).mode & 0o777).toBe(0o700)
    }
    expect(statSync(join(dir, "sha256/ab/cdef.blob")).mode & 0o777).toBe(0o600)
    expect(readdirSync(join(dir, "+tmp"))).toEqual([])
  })

  it("what a killed process left is removed, what a living one writes stays", async () => {
    await put("a")
    const host = (await import("node:os")).hostname().replace(/[^A-Za-z0-9-]/g, "_")
    const tmp = join(dir, "+tmp")
    const names = {
      dead: `${host}.4194999.x`,
      alive: `${host}.${process.pid}.x`,
      other: "elsewhere.1.x",
      old: "elsewhere.2.x"
    }
    for (const name of Object.values(names)) writeFileSync(join(tmp, name), "half")
    utimesSync(join(tmp, names.old), 1, 1)
    await put("b")
    expect(readdirSync(tmp).sort()).toEqual([names.alive, names.other].sort())
  })

  it("files of others are neither listed nor touched", async () => {
    await put("a/b")
    writeFileSync(join(dir, "a", "README"), "mine")
    mkdirSync(join(dir, "spaces in name"))
    const keys = await withStore((store) => store.list({ prefix: "" }))
    expect(keys.map(({ key }) => key)).toEqual(["a/b"])
    expect(existsSync(join(dir, "a", "README"))).toBe(true)
  })

  it("a key that is none reaches no file", async () => {
    writeFileSync(join(base, "secret.blob"), "secret")
    await put("a")
    for (const key of ["../../secret", "/etc/passwd", "a\0b", "", "a//b", "a/../../b"]) {
      const blob = key as BlobKey
      const faults = await withStore((store) =>
        Effect.all([
          Effect.flip(Stream.runDrain(store.get(blob))),
          Effect.flip(store.put(blob, text("x"))),
          Effect.flip(store.delete(blob)),
          Effect.flip(store.head(blob))
        ])
      )
      expect(faults.map((fault) => fault._tag)).toEqual(["StoreError", "StoreError", "StoreError", "StoreError"])
    }
  })

  it("a link at a blob's place is not followed", async () => {
    await put("a")
    writeFileSync(join(base, "outside"), "secret")
    symlinkSync(join(base, "outside"), join(dir, "b.blob"))
    const fault = await withStore((store) => Effect.flip(Stream.runDrain(store.get(BlobKey.make("b")))))
    expect(fault._tag).toBe("StoreError")
  })

  it("a folder that cannot be made says so", async () => {
    mkdirSync(join(dir, ".."), { recursive: true })
    writeFileSync(dir, "a file")
    const fault = await withStore(() => Effect.void).catch((cause: unknown) => cause)
    expect(fault).toMatchObject({ _tag: "StoreError", store: "fs", operation: "blobs.open" })
  })

  it("a link as the root is fine", async () => {
    mkdirSync(join(dir, "..", "real"), { recursive: true })
    symlinkSync(join(dir, "..", "real"), dir)
    await put("a")
    expect(existsSync(join(dir, "..", "real", "a.blob"))).toBe(true)
  })

  it("a full disk may be tried again, a read-only one not, and both say what to do", () => {
    const full = fsError("blobs.put", Object.assign(new Error("no space"), { code: "ENOSPC" }))
    expect(full.retryable).toBe(true)
    expect(String(full.cause)).toContain("free space")
    const readOnly = fsError("blobs.put", Object.assign(new Error("read-only"), { code: "EROFS" }))
    expect(readOnly.retryable).toBe(false)
    expect(String(readOnly.cause)).toContain("read-only")
  })
})

describe("keyPath", () => {
  const key = fc
    .stringMatching(/^[A-Za-z0-9._=-]{1,120}(\/[A-Za-z0-9._=-]{1,120}){0,3}$/)
    .filter((value) => !/(^|\/)\.{1,2}(\/|$)/.test(value))

  it("two keys never share a path, whatever the file system thinks of case, and a file is never a folder", () => {
    fc.assert(
      fc.property(key, key, (a, b) => {
        const [left, right] = [keyPath(a).join("/").toLowerCase(), keyPath(b).join("/").toLowerCase()]
        if (a !== b) expect(left).not.toBe(right)
        expect(`${left}/`.startsWith(`${right}/`) && a !== b).toBe(false)
      })
    )
  })

  it("a path reads back as its key", () => {
    fc.assert(
      fc.property(key, (value) => {
        const path = keyPath(value)
        let read = ""
        for (const [at, name] of path.entries()) {
          expect(name.length).toBeLessThan(256)
          const entry = readName(name, at < path.length - 1)
          if (entry.kind === "foreign") throw new Error(name)
          read += entry.kind === "folder" ? `${entry.text}/` : entry.text
        }
        expect(read).toBe(value)
      })
    )
  })
})
