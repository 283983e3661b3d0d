/**
 * What every `RunFileStore` keeps. The cases make records of runs that exist nowhere else; an adapter with foreign keys
 * runs them through `runFileStoreContractFor` with its own way to make a run.
 */
import { strict as assert } from "node:assert"
import { Effect } from "effect"
import { RunFileStore, type StoredRunFile } from "../../file/RunFileStore.ts"
import { contentKey } from "../../file/storeContent.ts"
import { RunId } from "../../run/Run.ts"
import { newIdentifier } from "../../store/Identifier.ts"
import type { ContractCase } from "../ContractCase.ts"

type NewFile = Omit<StoredRunFile, "rev">

const without = ({ rev: _, ...file }: StoredRunFile): NewFile => file

const paths = (files: ReadonlyArray<StoredRunFile>) => files.map((file) => file.path)

/** The contract with a way to make runs, for adapters that refuse files of runs that do not exist. */
export const runFileStoreContractFor = <R, E>(
  freshRun: Effect.Effect<RunId, E, R>
): ReadonlyArray<ContractCase<RunFileStore | R>> => {
  const setup = Effect.gen(function* () {
    const store = yield* RunFileStore
    const run = yield* freshRun
    const file = (path: string, byte = "0", over: Partial<NewFile> = {}): NewFile => ({
      run,
      path,
      sizeBytes: 7,
      sha256: byte.repeat(64),
      contentType: "text/plain",
      updatedAt: 1_790_000_000_000,
      blob: contentKey(byte.repeat(64)),
      ...over
    })
    return { store, run, file }
  })

  return [
    {
      name: "gives back the record it was given",
      run: Effect.gen(function* () {
        const { store, run, file } = yield* setup
        const record = file("a/b.txt", "1", { sizeBytes: 2 ** 40, updatedAt: 1_790_000_000_123 })
        assert.equal(yield* store.put(record), null)
        assert.deepEqual(without(yield* store.get(run, "a/b.txt")), record)
        const fault = yield* Effect.flip(store.get(run, "A/b.txt"))
        assert.ok(fault._tag === "RunFileNotFound" && fault.path === "A/b.txt" && fault.run === run)
      })
    },
    {
      name: "replacing gives what was there before and a higher rev",
      run: Effect.gen(function* () {
        const { store, run, file } = yield* setup
        yield* store.put(file("a", "1"))
        const before = yield* store.get(run, "a")
        assert.deepEqual(yield* store.put(file("a", "2")), before)
        const after = yield* store.get(run, "a")
        assert.ok(after.rev > before.rev)
        assert.equal(after.sha256, "2".repeat(64))
        assert.equal((yield* store.list({ run })).length, 1)
      })
    },
    {
      name: "lists in code point order, by prefix, page by page",
      run: Effect.gen(function* () {
        const { store, run, file } = yield* setup
        const sorted = ["A", "a", "a%b", "a-b", "a/b", "a/c", "a_b", "aXb", "é", "\uffee", "\u{1f600}"].sort((a, b) =>
          Buffer.from(a).compare(Buffer.from(b))
        )
        for (const path of [...sorted].reverse()) yield* store.put(file(path))
        assert.deepEqual(paths(yield* store.list({ run })), sorted)
        assert.deepEqual(paths(yield* store.list({ run, prefix: "a/" })), ["a/b", "a/c"])
        assert.deepEqual(paths(yield* store.list({ run, prefix: "a_" })), ["a_b"])
        assert.deepEqual(paths(yield* store.list({ run, prefix: "a%" })), ["a%b"])
        assert.deepEqual(paths(yield* store.list({ run, prefix: "\u{1f600}" })), ["\u{1f600}"])
        const seen: Array<string> = []
        for (let after: string | undefined; ; after = seen.at(-1)) {
          const page = yield* store.list({ run, after, limit: 3 })
          if (page.length === 0) break
          seen.push(...paths(page))
        }
        assert.deepEqual(seen, sorted)
      })
    },
    {
      name: "tells what changed since a rev, oldest first",
      run: Effect.gen(function* () {
        const { store, run, file } = yield* setup
        for (const path of ["c", "b", "a"]) yield* store.put(file(path))
        const all = yield* store.changedSince(run, 0)
        assert.deepEqual(paths(all), ["c", "b", "a"])
        yield* store.put(file("b", "2"))
        assert.deepEqual(paths(yield* store.changedSince(run, all.at(-1)!.rev)), ["b"])
        assert.deepEqual(paths(yield* store.changedSince(run, 0)), ["c", "a", "b"])
      })
    },
    {
      name: "deletes one file or all of a run, and says which",
      run: Effect.gen(function* () {
        const { store, run, file } = yield* setup
        const other = yield* setup
        for (const path of ["a", "b", "c"]) yield* store.put(file(path))
        yield* other.store.put(other.file("a"))
        const gone = yield* store.delete(run, "b")
        assert.equal(gone?.path, "b")
        assert.equal(yield* store.delete(run, "b"), null)
        assert.deepEqual(paths(yield* store.deleteAll(run)).sort(), ["a", "c"])
        assert.deepEqual(yield* store.deleteAll(run), [])
        assert.deepEqual(yield* store.list({ run }), [])
        assert.equal((yield* other.store.list({ run: other.run })).length, 1)
      })
    },
    {
      name: "a rev is never used again after a delete",
      run: Effect.gen(function* () {
        const { store, run, file } = yield* setup
        yield* store.put(file("a"))
        const { rev } = yield* store.get(run, "a")
        yield* store.delete(run, "a")
        yield* store.put(file("b"))
        assert.deepEqual(paths(yield* store.changedSince(run, rev)), ["b"])
      })
    }
  ]
}

export const runFileStoreContract: ReadonlyArray<ContractCase<RunFileStore>> = runFileStoreContractFor(
  Effect.map(newIdentifier, (id) => RunId.make(id))
)
