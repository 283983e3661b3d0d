/** The rules of what callers send to `Metrics`, each fault with its field, rule and what came. */
import { Effect } from "effect"
import { type InvalidInput, invalidInput } from "../store/InvalidInput.ts"
import { keyNameFault } from "./frame/keyName.ts"
import type { MetricDefinition } from "./MetricDefinition.ts"
import type { BucketQuery, ScanQuery } from "./MetricQuery.ts"
import type { NumberedRows, WriterSequence } from "./MetricStore.ts"

export const maxBuckets = 20_000
/** Series of one bucket query. */
export const maxSeries = 10_000

/** Windows within it have finite widths and edges at every level; steps and times are far smaller. */
const maxWindow = 2 ** 1022

type Fault = readonly [path: string, rule: string, got: string]

const excerpt = (text: string): string => JSON.stringify(text.length > 60 ? `${text.slice(0, 60)}…` : text)

const orFail = (fault: Fault | null): Effect.Effect<void, InvalidInput> =>
  fault === null ? Effect.void : Effect.fail(invalidInput(...fault))

export const checkWriter = (writer: WriterSequence | undefined): Effect.Effect<void, InvalidInput> => {
  if (writer === undefined) return Effect.void
  if (!/^[A-Za-z0-9_-]{1,64}$/.test(writer.writer)) {
    return orFail(["writer", "must be 1 to 64 of [A-Za-z0-9_-]", excerpt(writer.writer)])
  }
  if (!(Number.isSafeInteger(writer.sequence) && writer.sequence >= 1)) {
    return orFail(["sequence", "must be a whole number from 1", String(writer.sequence)])
  }
  return Effect.void
}

export const checkRows = ({ client, from, stream, to }: NumberedRows): Effect.Effect<void, InvalidInput> => {
  if (stream.length < 1 || stream.length > 64) return orFail(["rows.stream", "has 1 to 64 characters", excerpt(stream)])
  if (client.length > 256) return orFail(["rows.client", "has at most 256 characters", excerpt(client)])
  if (!(Number.isSafeInteger(from) && Number.isSafeInteger(to) && from >= 0 && to > from)) {
    return orFail(["rows", "must be whole numbers, at least 0 and ascending", `${from} to ${to}`])
  }
  return Effect.void
}

export const checkKey = (path: string, key: string): Effect.Effect<void, InvalidInput> => {
  const rule = keyNameFault(key)
  return orFail(rule === null ? null : [path, rule, excerpt(key)])
}

const windowRule = "must be at most 2^1022 (4.49e307) in size"

const windowFault = ({ from, to }: { readonly from?: number | undefined; readonly to?: number | undefined }) => {
  if (from !== undefined && !Number.isFinite(from)) return ["from", "must be a finite number", String(from)] as const
  if (to !== undefined && !Number.isFinite(to)) return ["to", "must be a finite number", String(to)] as const
  if (from !== undefined && Math.abs(from) > maxWindow) return ["from", windowRule, String(from)] as const
  if (to !== undefined && Math.abs(to) > maxWindow) return ["to", windowRule, String(to)] as const
  return from !== undefined && to !== undefined && from > to
    ? (["from", "must not lie beyond `to`", `${from} > ${to}`] as const)
    : null
}

export const checkBucketQuery = (query: BucketQuery): Effect.Effect<void, InvalidInput> => {
  const { buckets, series, x } = query
  if (buckets !== undefined && !(Number.isInteger(buckets) && buckets >= 1 && buckets <= maxBuckets)) {
    return orFail(["buckets", `must be a whole number from 1 to ${maxBuckets}`, String(buckets)])
  }
  if (series.length > maxSeries) return orFail(["series", `has at most ${maxSeries} entries`, `${series.length}`])
  for (const [i, { key }] of series.entries()) {
    const rule = keyNameFault(key)
    if (rule !== null) return orFail([`series[${i}].key`, rule, excerpt(key)])
  }
  if (typeof x === "object") {
    const rule = keyNameFault(x.metric)
    if (rule !== null) return orFail(["x.metric", rule, excerpt(x.metric)])
  }
  return orFail(windowFault(query))
}

export const checkScanQuery = (query: ScanQuery): Effect.Effect<void, InvalidInput> =>
  Effect.andThen(checkKey("key", query.key), orFail(windowFault(query)))

export const checkDefinition = (definition: MetricDefinition): Effect.Effect<void, InvalidInput> => {
  const { name, summary, goal, stepMetric } = definition
  const nameRule = keyNameFault(name)
  if (nameRule !== null) return orFail(["name", nameRule, excerpt(name)])
  if (name.slice(0, -1).includes("*")) {
    return orFail(["name", 'may have "*" only at its end', excerpt(name)])
  }
  if (summary === "best" && (goal ?? null) === null) {
    return orFail(["goal", 'must be "minimize" or "maximize" where summary is "best"', String(goal)])
  }
  if (stepMetric === undefined || stepMetric === null) return Effect.void
  const stepRule = keyNameFault(stepMetric)
  return orFail(stepRule === null ? null : ["stepMetric", stepRule, excerpt(stepMetric)])
}
