/** What the server measures of itself, in Prometheus's text format. Counters are plain numbers: a request costs two additions. */
import { type IntervalHistogram, monitorEventLoopDelay } from "node:perf_hooks"

const resolutionMs = 10

/** Upper bounds in seconds. */
const bounds = [0.001, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10]

interface RouteMeasure {
  readonly buckets: Array<number>
  seconds: number
  count: number
  readonly statuses: Map<number, number>
}

const newMeasure = (): RouteMeasure => ({ buckets: bounds.map(() => 0), seconds: 0, count: 0, statuses: new Map() })

const label = (text: string) => text.replace(/[\\"\n]/g, "_")

export class ServerMetrics {
  readonly #routes = new Map<string, RouteMeasure>()
  readonly #delay: IntervalHistogram = monitorEventLoopDelay({ resolution: resolutionMs })
  #points = 0
  /** Open live connections; the hub sets it. */
  watchers = 0

  constructor() {
    this.#delay.enable()
  }

  addPoints(count: number) {
    this.#points += count
  }

  observe(route: string, status: number, milliseconds: number) {
    let measure = this.#routes.get(route)
    if (measure === undefined) {
      measure = newMeasure()
      this.#routes.set(route, measure)
    }
    const seconds = milliseconds / 1000
    measure.count++
    measure.seconds += seconds
    measure.statuses.set(status, (measure.statuses.get(status) ?? 0) + 1)
    const bucket = bounds.findIndex((bound) => seconds <= bound)
    if (bucket >= 0) measure.buckets[bucket]!++
  }

  /** The exposition text. */
  render(): string {
    const lines: Array<string> = [
      "# HELP wanllmdb_requests_total Requests answered, by route and status.",
      "# TYPE wanllmdb_requests_total counter"
    ]
    for (const [route, { statuses }] of this.#routes) {
      for (const [status, count] of statuses) {
        lines.push(`wanllmdb_requests_total{route="${label(route)}",status="${status}"} ${count}`)
      }
    }
    lines.push(
      "# HELP wanllmdb_request_seconds Time until the answer was ready, streams excluded.",
      "# TYPE wanllmdb_request_seconds histogram"
    )
    for (const [route, { buckets, count, seconds }] of this.#routes) {
      const name = label(route)
      let sum = 0
      for (const [i, bound] of bounds.entries()) {
        sum += buckets[i]!
        lines.push(`wanllmdb_request_seconds_bucket{route="${name}",le="${bound}"} ${sum}`)
      }
      lines.push(`wanllmdb_request_seconds_bucket{route="${name}",le="+Inf"} ${count}`)
      lines.push(`wanllmdb_request_seconds_sum{route="${name}"} ${seconds}`)
      lines.push(`wanllmdb_request_seconds_count{route="${name}"} ${count}`)
    }
    lines.push(
      "# HELP wanllmdb_points_total Metric points stored by this process.",
      "# TYPE wanllmdb_points_total counter",
      `wanllmdb_points_total ${this.#points}`,
      "# HELP wanllmdb_watchers Open live connections.",
      "# TYPE wanllmdb_watchers gauge",
      `wanllmdb_watchers ${this.watchers}`,
      "# HELP wanllmdb_event_loop_delay_seconds Delay of the event loop since the start of the process.",
      "# TYPE wanllmdb_event_loop_delay_seconds summary"
    )
    for (const quantile of [0.5, 0.99]) {
      // The probe's own timer waits this long even when nothing is late.
      const delay = Math.max(0, this.#delay.percentile(quantile * 100) / 1e9 - resolutionMs / 1000)
      lines.push(`wanllmdb_event_loop_delay_seconds{quantile="${quantile}"} ${delay}`)
    }
    lines.push(
      "# HELP process_resident_memory_bytes Memory of the process.",
      "# TYPE process_resident_memory_bytes gauge",
      `process_resident_memory_bytes ${process.memoryUsage.rss()}`,
      ""
    )
    return lines.join("\n")
  }

  close() {
    this.#delay.disable()
  }
}
