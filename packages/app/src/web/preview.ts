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
  if (wanted.has("odd")) void addOddRuns(client)
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

/** Names and values at the edges of what people log. */
const addOddRuns = async (client: WanllmdbClient): Promise<void> => {
  const values = [Number.NaN, 1e-12, 1e12, -0.5, Number.POSITIVE_INFINITY]
  for (const [at, value] of values.entries()) {
    const name = at === 0 ? "a-very-long-name-".repeat(8).slice(0, 120) : at === 1 ? "x" : `<b>odd</b> ${at} 漢字 🙂`
    const run = await client.runs.create("vision:digits", {
      slug: `odd-${at}`,
      name,
      tags: ["a long tag that goes on and on", "b"]
    })
    const rows = Array.from({ length: 30 }, (_, step) => ({
      step: step * 200,
      values: { loss: step === 29 ? String(value) : 1 / (step + 1), "val/acc": value === 1e12 ? 1e12 : 0.5 }
    }))
    await client.metrics.append(run.id, { rows })
  }
}
