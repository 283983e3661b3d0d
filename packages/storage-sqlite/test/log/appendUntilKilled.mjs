/**
 * Runs in a process of its own, which the kill test ends at any moment. Appends numbered batches of several writers from the
 * sequences it is told, repeats some, rewrites a line now and then, and prints a line for each batch that was acknowledged.
 */
import { LogStore } from "@wanllmdb/core"
import { sqlite } from "@wanllmdb/storage-sqlite"
import { Effect } from "effect"

const [file, driver, run, started] = process.argv.slice(2)

/** Batches of three sizes, so that head rows, head merges and chunks are all cut by the kill. */
const linesOf = (writer, sequence) =>
  Array.from({ length: [1, 40, 700][sequence % 3] }, (_, at) => ({
    text: `${writer}:${sequence}:${at}`,
    process: writer
  }))

const append = (store, writer, sequence) =>
  store.append({ run, receivedAt: 0, lines: linesOf(writer, sequence), writer: { writer, sequence } })

const follow = (store, writer, from) =>
  Effect.gen(function* () {
    for (let sequence = from; ; sequence++) {
      yield* append(store, writer, sequence)
      process.stdout.write(`${writer} ${sequence}\n`)
      if (sequence % 4 === 0) yield* append(store, writer, sequence)
      yield* store.append({
        run,
        receivedAt: 0,
        lines: [{ process: "bar", line: sequence % 2, text: `bar ${sequence}` }]
      })
    }
  })

await Effect.runPromise(
  Effect.gen(function* () {
    const store = yield* LogStore
    yield* Effect.all(
      started.split(",").map((from, at) => follow(store, `w${at}`, Number(from))),
      { concurrency: "unbounded" }
    )
  }).pipe(Effect.provide(sqlite({ file, driver }).layer))
)
