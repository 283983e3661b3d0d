/** Runs in a process of its own, which the kill test ends at any moment: puts blobs that tell their own length and seed. */
import { BlobKey, BlobStore } from "@wanllmdb/core"
import { fs } from "@wanllmdb/storage-fs"
import { Effect, Stream } from "effect"
import { selfTelling } from "./selfTelling.ts"

const [dir = "", seed = "0"] = process.argv.slice(2)

const program = Effect.gen(function* () {
  const store = yield* BlobStore
  for (let round = Number(seed); ; round++) {
    const key = BlobKey.make(`k${round % 3}/${round % 2 === 0 ? "same" : round}`)
    yield* store
      .put(key, Stream.fromIterable(selfTelling(round)), { createOnly: round % 5 === 0 })
      .pipe(Effect.catchTag("BlobExists", () => Effect.void))
    // A line for each acknowledged put: those must be there after the kill.
    if (round % 2 === 1) process.stdout.write(`${key}\n`)
  }
})

await Effect.runPromise(program.pipe(Effect.provide(fs({ dir }).layer)))
