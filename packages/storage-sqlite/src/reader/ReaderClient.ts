/** The reader as the stores see it, wherever it runs: a query is a sequence of parts that is pulled. */
import type { StoreThread } from "../thread/StoreThread.ts"
import type { Reader, ReaderParts } from "./Reader.ts"
import type { ReaderQuery } from "./ReaderQuery.ts"

export interface ReaderClient {
  /** The query's parts, from one snapshot that is taken at the first pull and freed when the loop over them ends. */
  read<Input, Part>(query: ReaderQuery<Input, Part>, input: Input): AsyncIterable<Part>
  close(): Promise<void>
}

interface Source {
  start(query: number, name: string, input: unknown): Promise<unknown>
  pull(query: number): Promise<ReaderParts>
  stop(query: number): Promise<unknown>
}

let queries = 0

async function* parts(source: Source, name: string, input: unknown): AsyncGenerator<unknown> {
  const query = ++queries
  const started = source.start(query, name, input)
  // Asked for before it is needed: the first part travels with the start, and the reader works on the next while the caller uses one.
  let next = source.pull(query)
  next.catch(() => undefined)
  let over = false
  try {
    await started
    for (;;) {
      const { parts, done } = await next
      over = done
      if (!done) {
        next = source.pull(query)
        next.catch(() => undefined)
      }
      yield* parts
      if (done) return
    }
  } finally {
    if (!over) await source.stop(query).catch(() => undefined)
  }
}

const clientOf = (source: Source, close: () => Promise<void>): ReaderClient => ({
  read: <Input, Part>(query: ReaderQuery<Input, Part>, input: Input) =>
    parts(source, query.name, input) as AsyncIterable<Part>,
  close
})

export const threadReader = (thread: StoreThread): ReaderClient =>
  clientOf(
    {
      start: (query, name, input) => thread.request({ op: "start", query, name, input }),
      pull: (query) => thread.request({ op: "pull", query }) as Promise<ReaderParts>,
      stop: (query) => thread.request({ op: "stop", query })
    },
    () => thread.close()
  )

export const inlineReader = (reader: Reader): ReaderClient =>
  clientOf(
    {
      start: async (query, name, input) => reader.start(query, name, input),
      pull: (query) => reader.pull(query),
      stop: async (query) => reader.stop(query)
    },
    async () => reader.close()
  )
