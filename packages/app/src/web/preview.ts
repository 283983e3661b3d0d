/** A client over made-up runs for work on the app without a server; two of its runs go on logging. */
import type { WanllmdbClient } from "@wanllmdb/core/client"
import { createMemoryClient, digitsFixtures } from "@wanllmdb/ui-kit/client-memory"

export const previewClient = (wanted: URLSearchParams): WanllmdbClient => {
  const count = wanted.get("count")
  const latencyMs = Number(wanted.get("latency") ?? 0)
  const failing = new Map(
    (wanted.get("failing") ?? "")
      .split(",")
      .filter((name) => name !== "")
      .map((name) => [name, "The database is busy. It usually answers again within a minute."])
  )
  const client = createMemoryClient({
    ...digitsFixtures(count === null ? {} : { runs: Number(count) }),
    latencyMs,
    failing
  })
  let step = 7200
  if (!wanted.has("still")) {
    setInterval(() => {
      step += 20
      for (const slug of ["amber-kite-41", "swift-reed-37"]) {
        const run = `vision:digits:${slug}`
        const noise = () => 1 + (Math.random() - 0.5) * 0.15
        void client.metrics
          .append(run, { rows: [{ step, values: { loss: 0.08 * noise(), grad_norm: 0.4 * noise() } }] })
          .catch(() => null)
        void client.logs
          .append(run, [{ text: `epoch ${Math.floor(step / 60)}  loss ${(0.08 * noise()).toFixed(4)}`, level: "info" }])
          .catch(() => null)
      }
    }, 1000)
  }
  return client
}
