/** A sweep as the client reads it. */
import { Effect } from "effect"
import type { Call } from "../call/Call.ts"
import { metricName } from "../run/metricName.ts"
import { acceptedConfig } from "./config/SweepConfig.ts"
import { type FoundSweep, sweepId } from "./findSweep.ts"
import { trialsIn } from "./state/planHeartbeat.ts"
import type { SweepState } from "./state/SweepState.ts"
import { sweepRuns } from "./sweepRuns.ts"

const expectedRuns = (state: SweepState): number | null => {
  const config = acceptedConfig(state.config)
  const most = Math.min(trialsIn(config), config.runCap ?? Number.POSITIVE_INFINITY)
  return Number.isFinite(most) ? most : null
}

export const sweepNode = ({ place, project, state }: FoundSweep, bestLoss: number | null = null) => ({
  __typename: "Sweep",
  id: sweepId(place),
  name: state.name,
  displayName: state.displayName ?? acceptedConfig(state.config).name,
  method: acceptedConfig(state.config).method,
  state: state.phase,
  description: state.description,
  bestLoss,
  config: state.config,
  createdAt: new Date(state.createdAt).toISOString(),
  updatedAt: new Date(state.updatedAt).toISOString(),
  heartbeatAt: new Date(state.updatedAt).toISOString(),
  runCount: state.complete + state.failed + state.stopped + state.active.length,
  runCountExpected: expectedRuns(state),
  earlyStopJobRunning: false,
  controller: null,
  controllerRunName: null,
  scheduler: null,
  project: {
    __typename: "Project",
    id: project.id,
    name: project.slug,
    entity: { __typename: "Entity", id: project.entity, name: project.entity }
  }
})

/** The best value of the sweep's metric over its runs; null without a metric or a value. */
export const bestLossOf = Effect.fnUntraced(function* (engine: Call["engine"], { place, state }: FoundSweep) {
  const { metric } = acceptedConfig(state.config)
  if (metric === null) return null
  const slugs = yield* sweepRuns(engine, place.project, place.name)
  if (slugs.length === 0) return null
  const field = `summary.${metricName(metric.name)}`
  const page = yield* engine.search.search({
    project: place.project,
    filter: { or: chunks(slugs).map((value) => ({ field: "slug", op: "in", value }) as const) },
    sort: `${metric.goal === "maximize" ? "-" : ""}\`${field.replaceAll("`", "``")}\``,
    columns: [field],
    limit: 1
  })
  const best = page.items[0]?.columns[0]
  return typeof best === "number" ? best : null
})

const listLength = 10_000

const chunks = (slugs: ReadonlyArray<string>): ReadonlyArray<ReadonlyArray<string>> =>
  Array.from({ length: Math.ceil(slugs.length / listLength) }, (_, i) =>
    slugs.slice(i * listLength, (i + 1) * listLength)
  )
