/** The three calls that charts make, answered from curves; counts them and lets tests speak as the server. */
import type { LiveMessage, SeriesQuery, WanllmdbClient } from "@wanllmdb/core/client"
import type { BucketSeries } from "@wanllmdb/core/metric"

export interface FakeClient {
  readonly client: WanllmdbClient
  readonly queries: Array<SeriesQuery>
  readonly live: Array<{ readonly run: string; readonly keys: ReadonlyArray<string> | undefined; open: boolean }>
  /** Sends new points to who follows the run. */
  readonly say: (run: string, key: string, steps: ReadonlyArray<number>, values: ReadonlyArray<number | string>) => void
  readonly reset: (run: string) => void
  readonly status: (status: "live" | "stale") => void
  /** Makes the next calls fail. */
  failing: string | null
}

/** Points 0, 10, 20 … of a run, as one bucket each. */
export const answer = (run: string, key: string, steps: ReadonlyArray<number>): BucketSeries => {
  const x = Float64Array.from(steps)
  const y = x.map((step) => 1 / (1 + step))
  const none = new Float64Array(steps.length)
  return {
    run: run as BucketSeries["run"],
    key,
    x,
    firstX: x,
    lastX: x,
    min: y,
    max: y,
    mean: y,
    sum: y,
    first: y,
    last: y,
    count: none.map(() => 1),
    nan: none,
    posInf: none,
    negInf: none,
    width: 0,
    cursor: 1
  }
}

export const fakeClient = (steps: ReadonlyArray<number> = [0, 10, 20, 30]): FakeClient => {
  const listeners: Array<{
    run: string
    hear: (message: LiveMessage) => void
    status: ((status: "live" | "stale") => void) | undefined
    open: boolean
  }> = []
  const fake: FakeClient = {
    queries: [],
    live: [],
    failing: null,
    say: (run, key, at, values) => {
      for (const one of listeners.filter((listener) => listener.run === run && listener.open)) {
        one.hear({
          type: "points",
          cursor: "1",
          run,
          series: { [key]: { steps: at, timesMs: at.map((step) => step * 1000), values } }
        })
      }
    },
    reset: (run) => {
      for (const one of listeners.filter((listener) => listener.run === run && listener.open))
        one.hear({ type: "reset", cursor: "2" })
    },
    status: (status) => {
      for (const one of listeners) one.status?.(status)
    },
    client: {
      metrics: {
        keys: async () => ({
          items: ["loss", "val/acc", "system/cpu/percent"].map((key) => ({
            key,
            kind: "number",
            definition: null,
            firstTimeMs: 0
          })),
          next: null
        }),
        series: async function* (_project: string, query: SeriesQuery) {
          fake.queries.push(query)
          if (fake.failing !== null) throw new Error(fake.failing)
          for (const run of query.runs) for (const key of query.keys) yield answer(run, key, steps)
        }
      },
      live: (
        query: { run?: string; keys?: ReadonlyArray<string> },
        hear: (message: LiveMessage) => void,
        status?: (status: "live" | "stale") => void
      ) => {
        const record = { run: query.run ?? "", keys: query.keys, open: true }
        const listener = { run: query.run ?? "", hear, status, open: true }
        fake.live.push(record)
        listeners.push(listener)
        return {
          close: () => {
            record.open = false
            listener.open = false
          }
        }
      }
      // Charts use nothing else of a client; what they do not call is left out on purpose.
    } as unknown as WanllmdbClient
  }
  return fake
}

/** Lets timers of zero and promises run. */
export const settle = async (): Promise<void> => {
  for (let turn = 0; turn < 5; turn++) await new Promise((done) => setTimeout(done, 0))
}
