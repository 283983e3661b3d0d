/** What every `BlobStore` keeps: bytes whole or not at all, keys apart, ranges exact. */
import { strict as assert } from "node:assert"
import { Deferred, Effect, Fiber, Stream } from "effect"
import { BlobKey, BlobStore } from "../../blob/BlobStore.ts"
import { newIdentifier } from "../../store/Identifier.ts"
import type { ContractCase } from "../ContractCase.ts"

/** The store and a prefix that no other case uses. */
const setup = Effect.gen(function* () {
  const store = yield* BlobStore
  const scope = yield* newIdentifier
  const key = (name: string) => BlobKey.make(`${scope}/${name}`)
  const read = (blob: BlobKey, range?: { readonly start: number; readonly end?: number | undefined }) =>
    Stream.mkUint8Array(store.get(blob, range))
  return { store, scope, key, read }
})

/** Bytes that differ everywhere and from seed to seed. */
const bytesOf = (length: number, seed = 1): Uint8Array<ArrayBuffer> => {
  const bytes = new Uint8Array(length)
  let state = seed * 2_654_435_761
  for (let at = 0; at < length; at++) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    bytes[at] = state >>> 24
  }
  return bytes
}

const pieces = (bytes: Uint8Array, size: number) =>
  Stream.fromIterable(
    Array.from({ length: Math.ceil(bytes.length / size) }, (_, at) => bytes.subarray(at * size, (at + 1) * size))
  )

const sha256 = (bytes: Uint8Array<ArrayBuffer>) =>
  Effect.map(
    Effect.promise(() => crypto.subtle.digest("SHA-256", bytes)),
    (digest) => Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, "0")).join("")
  )

/** `deepEqual` on a million bytes takes seconds. */
const same = (got: Uint8Array, expected: Uint8Array) => {
  assert.equal(got.length, expected.length)
  assert.ok(got.every((byte, at) => byte === expected[at]))
}

export const blobStoreContract: ReadonlyArray<ContractCase<BlobStore>> = [
  {
    name: "gives back what was put, in any size and cut anywhere",
    run: Effect.gen(function* () {
      const { store, key, read } = yield* setup
      const cases = [
        [0, 1],
        [1, 1],
        [3_000, 1],
        [70_000, 4_096],
        [5 * 1024 * 1024 + 1, 1024 * 1024],
        [5 * 1024 * 1024 - 1, 333_333]
      ] as const
      for (const [length, size] of cases) {
        const blob = key(`size-${length}`)
        const bytes = bytesOf(length, length)
        const info = yield* store.put(blob, pieces(bytes, size))
        assert.equal(info.sizeBytes, length)
        assert.equal(info.sha256, yield* sha256(bytes))
        same(yield* read(blob), bytes)
        const { sha256: _, ...rest } = info
        assert.deepEqual(yield* store.head(blob), rest)
      }
    })
  },
  {
    name: "a missing blob is not found",
    run: Effect.gen(function* () {
      const { store, key, read } = yield* setup
      const missing = key("deep/er/missing")
      assert.equal((yield* Effect.flip(read(missing)))._tag, "BlobNotFound")
      assert.equal((yield* Effect.flip(store.head(missing)))._tag, "BlobNotFound")
      yield* store.delete(missing)
    })
  },
  {
    name: "bytes that are not what was announced never become visible",
    run: Effect.gen(function* () {
      const { store, key } = yield* setup
      const blob = key("a")
      const bytes = bytesOf(100_000)
      const wrong = [
        [{ expectedSizeBytes: 99_999 }, "size"],
        [{ expectedSizeBytes: 100_001 }, "size"],
        [{ expectedSha256: "0".repeat(64) }, "sha256"]
      ] as const
      for (const [options, rule] of wrong) {
        const fault = yield* Effect.flip(store.put(blob, pieces(bytes, 7_000), options))
        assert.ok(fault._tag === "BlobMismatch" && fault.rule === rule)
        assert.equal((yield* Effect.flip(store.head(blob)))._tag, "BlobNotFound")
      }
      yield* store.put(blob, pieces(bytes, 7_000), {
        expectedSizeBytes: 100_000,
        expectedSha256: yield* sha256(bytes)
      })
      const fault = yield* Effect.flip(store.put(blob, pieces(bytesOf(10), 3), { expectedSizeBytes: 11 }))
      assert.equal(fault._tag, "BlobMismatch")
      assert.equal((yield* store.head(blob)).sizeBytes, 100_000)
    })
  },
  {
    name: "a body that fails or is interrupted leaves nothing, and the old bytes stay",
    run: Effect.gen(function* () {
      const { store, scope, key, read } = yield* setup
      const bytes = bytesOf(50_000)
      const failing = Stream.concat(pieces(bytes, 10_000), Stream.fail("cut" as const))
      assert.equal(yield* Effect.flip(store.put(key("a"), failing)), "cut")
      assert.equal((yield* Effect.flip(store.head(key("a"))))._tag, "BlobNotFound")
      yield* store.put(key("a"), pieces(bytes, 10_000))
      const begun = yield* Deferred.make<void>()
      const hanging = Stream.concat(
        pieces(bytesOf(1_000_000, 2), 100_000),
        Stream.fromEffect(Effect.andThen(Deferred.succeed(begun, undefined), Effect.never))
      )
      const fiber = yield* Effect.forkChild(store.put(key("a"), hanging))
      yield* Deferred.await(begun)
      yield* Fiber.interrupt(fiber)
      same(yield* read(key("a")), bytes)
      assert.equal((yield* store.list({ prefix: `${scope}/` })).length, 1)
    })
  },
  {
    name: "create-only never replaces, and of many at once exactly one wins",
    run: Effect.gen(function* () {
      const { store, key, read } = yield* setup
      const bodies = Array.from({ length: 16 }, (_, at) => bytesOf(30_000 + at, at + 1))
      const results = yield* Effect.all(
        bodies.map((body) => Effect.result(store.put(key("a"), pieces(body, 1_000), { createOnly: true }))),
        { concurrency: "unbounded" }
      )
      const winners = results.flatMap((result, at) => (result._tag === "Success" ? [at] : []))
      assert.equal(winners.length, 1)
      for (const result of results) if (result._tag === "Failure") assert.equal(result.failure._tag, "BlobExists")
      same(yield* read(key("a")), bodies[winners[0]!]!)
    })
  },
  {
    name: "create-only checks the body before it says that the key is taken",
    run: Effect.gen(function* () {
      const { store, key } = yield* setup
      const expectedSha256 = yield* sha256(bytesOf(1_000))
      const options = { createOnly: true, expectedSha256 }
      yield* store.put(key("a"), pieces(bytesOf(1_000), 100), options)
      assert.equal((yield* Effect.flip(store.put(key("a"), pieces(bytesOf(1_000), 100), options)))._tag, "BlobExists")
      assert.equal((yield* Effect.flip(store.put(key("a"), pieces(bytesOf(9), 9), options)))._tag, "BlobMismatch")
    })
  },
  {
    name: "of many puts at once one whole body stays, never a mix",
    run: Effect.gen(function* () {
      const { store, key, read } = yield* setup
      const bodies = Array.from({ length: 16 }, (_, at) => bytesOf(200_000, at + 1))
      yield* Effect.all(
        bodies.map((body) => store.put(key("a"), pieces(body, 9_999))),
        { concurrency: "unbounded", discard: true }
      )
      const got = yield* read(key("a"))
      assert.ok(bodies.some((body) => body.every((byte, at) => byte === got[at])))
    })
  },
  {
    name: "replacing changes the etag",
    run: Effect.gen(function* () {
      const { store, key, read } = yield* setup
      const first = yield* store.put(key("a"), pieces(bytesOf(10, 1), 10))
      const second = yield* store.put(key("a"), pieces(bytesOf(10, 2), 10))
      assert.notEqual(first.etag, second.etag)
      assert.equal((yield* store.head(key("a"))).etag, second.etag)
      same(yield* read(key("a")), bytesOf(10, 2))
    })
  },
  {
    name: "ranges are exact and end with the blob",
    run: Effect.gen(function* () {
      const { store, key, read } = yield* setup
      const bytes = bytesOf(700_000)
      yield* store.put(key("a"), pieces(bytes, 100_000))
      const ranges = [
        [0, 1],
        [0, 700_000],
        [5, 5],
        [262_143, 262_145],
        [1, undefined],
        [699_999, undefined],
        [699_990, 800_000],
        [700_000, undefined],
        [900_000, 900_001]
      ] as const
      for (const [start, end] of ranges) same(yield* read(key("a"), { start, end }), bytes.slice(start, end))
      yield* store.put(key("empty"), Stream.empty)
      same(yield* read(key("empty"), { start: 0, end: 10 }), new Uint8Array())
    })
  },
  {
    name: "a reader that stops early holds nothing back",
    run: Effect.gen(function* () {
      const { store, key, read } = yield* setup
      const bytes = bytesOf(1_000_000)
      yield* store.put(key("a"), pieces(bytes, 100_000))
      for (let at = 0; at < 200; at++) yield* Stream.runDrain(Stream.take(store.get(key("a")), 1))
      same(yield* read(key("a")), bytes)
    })
  },
  {
    name: "a reader that began before a delete or a replacement sees the old bytes whole, or an error",
    run: Effect.gen(function* () {
      const { store, key } = yield* setup
      const bytes = bytesOf(2_000_000)
      for (const change of [store.delete(key("a")), store.put(key("a"), pieces(bytesOf(9, 2), 9))]) {
        yield* store.put(key("a"), pieces(bytes, 500_000))
        let taken = 0
        const got = yield* Effect.result(
          Stream.mkUint8Array(
            Stream.mapEffect(store.get(key("a")), (piece) =>
              taken++ === 0 ? Effect.as(change, piece) : Effect.succeed(piece)
            )
          )
        )
        if (got._tag === "Success") same(got.success, bytes)
      }
    })
  },
  {
    name: "delete removes one key, again and again",
    run: Effect.gen(function* () {
      const { store, key } = yield* setup
      yield* store.put(key("a"), pieces(bytesOf(3), 3))
      yield* store.put(key("b"), pieces(bytesOf(3), 3))
      yield* store.delete(key("a"))
      yield* store.delete(key("a"))
      assert.equal((yield* Effect.flip(store.head(key("a"))))._tag, "BlobNotFound")
      assert.equal((yield* store.head(key("b"))).sizeBytes, 3)
    })
  },
  {
    name: "lists keys in byte order, by prefix, page by page",
    run: Effect.gen(function* () {
      const { store, key, scope } = yield* setup
      const long = "x".repeat(220)
      const names = [
        "a",
        "a/b",
        "a/b/c",
        "a-b",
        "a.b",
        "a0",
        "A",
        "b",
        long,
        `${long}/y`,
        `${long}z`,
        "a.blob/x",
        "con"
      ]
      for (const name of names) yield* store.put(key(name), pieces(bytesOf(2), 2))
      const sorted = names.map((name) => `${scope}/${name}`).sort()
      const listed = (query: { readonly prefix: string; readonly after?: string; readonly limit?: number }) =>
        Effect.map(store.list(query), (blobs) => blobs.map((blob) => String(blob.key)))
      assert.deepEqual(yield* listed({ prefix: `${scope}/` }), sorted)
      assert.deepEqual(
        yield* listed({ prefix: `${scope}/a` }),
        sorted.filter((name) => name.startsWith(`${scope}/a`))
      )
      assert.deepEqual(yield* listed({ prefix: `${scope}/none` }), [])
      const seen: Array<string> = []
      for (let after = ""; ; after = seen.at(-1)!) {
        const page = yield* listed({ prefix: scope, after, limit: 2 })
        if (page.length === 0) break
        seen.push(...page)
      }
      assert.deepEqual(seen, sorted)
    })
  },
  {
    name: "keys of every allowed character and length are kept apart",
    run: Effect.gen(function* () {
      const { store, scope, key, read } = yield* setup
      const names = ["ABCDEFGHIJKLMNOPQRSTUVWXYZ", "abcdefghijklmnopqrstuvwxyz", "0123456789._=-", "a.", "a", "..."]
      const deep = Array.from({ length: 200 }, () => "d").join("/")
      const all = [
        ...new Set([...names, deep, "x".repeat(450), `${"x".repeat(449)}y`, "a/a", "A/a", "aux.x", "-", "="])
      ]
      for (const [at, name] of all.entries()) yield* store.put(key(name), pieces(bytesOf(20, at + 1), 20))
      for (const [at, name] of all.entries()) same(yield* read(key(name)), bytesOf(20, at + 1))
      assert.equal((yield* store.list({ prefix: `${scope}/` })).length, all.length)
    })
  },
  {
    name: "many small puts at once are all kept",
    run: Effect.gen(function* () {
      const { store, key, read } = yield* setup
      yield* Effect.forEach(
        Array.from({ length: 200 }, (_, at) => at),
        (at) => store.put(key(`n${at}`), pieces(bytesOf(100, at + 1), 100)),
        { concurrency: 32, discard: true }
      )
      assert.equal((yield* store.list({ prefix: key("n") })).length, 200)
      same(yield* read(key("n137")), bytesOf(100, 138))
    })
  },
  {
    name: "a store that works says so",
    run: Effect.gen(function* () {
      const { store } = yield* setup
      yield* store.check
    })
  }
]
