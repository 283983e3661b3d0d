import { BlobStore, contentKey, type ProjectId, RunFiles, type RunId, type RunSignal } from "@wanllmdb/core"
import { Effect, Layer, Stream } from "effect"
import { describe, expect, it } from "vitest"
import { knownRun, recordedEngine, unknownRun } from "./knownRuns.ts"

interface Known {
  readonly blobs: BlobStore["Service"]
  readonly project: ProjectId
  readonly run: RunId
  readonly signals: ReadonlyArray<RunSignal>
}

const withFiles = <A, E>(use: (files: RunFiles["Service"], known: Known) => Effect.Effect<A, E>) => {
  const signals: Array<RunSignal> = []
  return Effect.runPromise(
    Effect.gen(function* () {
      return yield* use(yield* RunFiles, { ...(yield* knownRun), blobs: yield* BlobStore, signals })
    }).pipe(Effect.provide(Layer.provideMerge(RunFiles.layer, recordedEngine(signals))))
  )
}

const text = (value: string) => Stream.make(new TextEncoder().encode(value))
const helloSha = "2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824"

const large = (pieces: number) =>
  Stream.fromIterable(Array.from({ length: pieces }, (_, at) => new Uint8Array(1024 * 1024).fill(at)))

describe("RunFiles", () => {
  it("stores bytes under their digest and tells watchers", () =>
    withFiles((files, { blobs, project, run, signals }) =>
      Effect.gen(function* () {
        const file = yield* files.put({ run, path: "code/train.py", body: text("hello") })
        expect(file).toMatchObject({ path: "code/train.py", sizeBytes: 5, sha256: helloSha })
        expect(file.contentType).toBe("text/x-python; charset=utf-8")
        expect(yield* files.get(run, "code/train.py")).toEqual(file)
        expect(
          new TextDecoder().decode(yield* Stream.mkUint8Array(files.read(run, file.path, { start: 1, end: 3 })))
        ).toBe("el")
        expect(signals).toEqual([{ project, run, topic: "files" }])
        expect((yield* blobs.list({ prefix: "" })).map(({ key }) => key)).toEqual([contentKey(helloSha)])
      })
    ))

  it("equal bytes lie in the store once, however they came", () =>
    withFiles((files, { blobs, run }) =>
      Effect.gen(function* () {
        yield* files.put({ run, path: "a", body: text("hello") })
        yield* files.put({ run, path: "b", body: text("hello"), sha256: helloSha })
        yield* files.put({ run, path: "c", body: text("hello"), sizeBytes: 5 })
        const big = yield* files.put({ run, path: "d", body: large(6) })
        const again = yield* files.put({ run, path: "e", body: large(6), sizeBytes: 6 * 1024 * 1024 })
        expect(big.sha256).toBe(again.sha256)
        expect(big.sizeBytes).toBe(6 * 1024 * 1024)
        expect((yield* blobs.list({ prefix: "" })).map(({ key }) => String(key)).sort()).toEqual(
          [contentKey(helloSha), contentKey(big.sha256)].sort()
        )
        const read = yield* Stream.mkUint8Array(files.read(run, "e"))
        expect([read.length, read[0], read.at(-1)]).toEqual([6 * 1024 * 1024, 0, 5])
      })
    ))

  it("who names a digest must have the bytes", () =>
    withFiles((files, { run }) =>
      Effect.gen(function* () {
        yield* files.put({ run, path: "a", body: text("hello") })
        const fault = yield* Effect.flip(files.put({ run, path: "b", body: text("guess"), sha256: helloSha }))
        expect(fault).toMatchObject({ _tag: "BlobMismatch", rule: "sha256" })
        expect((yield* Effect.flip(files.get(run, "b")))._tag).toBe("RunFileNotFound")
        const wrongSize = yield* Effect.flip(files.put({ run, path: "b", body: text("hello"), sizeBytes: 4 }))
        expect(wrongSize).toMatchObject({ _tag: "BlobMismatch", rule: "size" })
      })
    ))

  it("a body that fails leaves the old file", () =>
    withFiles((files, { blobs, run }) =>
      Effect.gen(function* () {
        yield* files.put({ run, path: "a", body: text("hello") })
        for (const body of [text("hal"), large(6)]) {
          const cut = Stream.concat(body, Stream.fail("cut" as const))
          expect(yield* Effect.flip(files.put({ run, path: "a", body: cut }))).toBe("cut")
        }
        expect((yield* files.get(run, "a")).sha256).toBe(helloSha)
        expect((yield* blobs.list({ prefix: "" })).length).toBe(1)
      })
    ))

  it("refuses bad paths, types and digests, and runs that do not exist, before any byte is stored", () =>
    withFiles((files, { blobs, run }) =>
      Effect.gen(function* () {
        const body = text("hello")
        const faults = yield* Effect.all(
          [
            files.put({ run, path: "../a", body }),
            files.put({ run, path: "a", body, contentType: "text/html\r\nx: y" }),
            files.put({ run, path: "a", body, sha256: "ABC" }),
            files.put({ run: unknownRun, path: "a", body })
          ].map(Effect.flip)
        )
        expect(faults.map((fault) => fault._tag)).toEqual([
          "InvalidInput",
          "InvalidInput",
          "InvalidInput",
          "RunNotFound"
        ])
        expect(yield* blobs.list({ prefix: "" })).toEqual([])
      })
    ))

  it("a file is never a folder too", () =>
    withFiles((files, { run }) =>
      Effect.gen(function* () {
        yield* files.put({ run, path: "a/b", body: text("1") })
        for (const path of ["a", "a/b/c", "a/b/c/d"]) {
          expect((yield* Effect.flip(files.put({ run, path, body: text("2") })))._tag).toBe("InvalidInput")
        }
        yield* files.put({ run, path: "a/bc", body: text("3") })
      })
    ))

  it("one name has one spelling", () =>
    withFiles((files, { run }) =>
      Effect.gen(function* () {
        yield* files.put({ run, path: "e\u0301.txt", body: text("1") })
        expect((yield* files.get(run, "\u00e9.txt")).path).toBe("\u00e9.txt")
        expect((yield* files.list({ run })).length).toBe(1)
      })
    ))

  it("a deleted file is gone, its bytes stay for others", () =>
    withFiles((files, { blobs, run, signals }) =>
      Effect.gen(function* () {
        yield* files.put({ run, path: "a", body: text("hello") })
        yield* files.put({ run, path: "b", body: text("hello") })
        const { cursor } = yield* files.changedSince(run, 0)
        yield* files.delete(run, "a")
        expect((yield* Effect.flip(files.delete(run, "a")))._tag).toBe("RunFileNotFound")
        expect((yield* Stream.mkUint8Array(files.read(run, "b"))).length).toBe(5)
        expect(yield* files.changedSince(run, cursor)).toEqual({ files: [], cursor })
        expect((yield* blobs.list({ prefix: "" })).length).toBe(1)
        expect(signals.length).toBe(3)
      })
    ))
})
