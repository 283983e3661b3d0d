/** The client's `define_metric` calls, kept in the config as protobuf fields by number, as definitions of the engine. */
import type { MetricDefinition, SummaryKind } from "@wanllmdb/core"
import { isFields } from "../graphql/Variables.ts"
import { metricName } from "./metricName.ts"

/** `MetricSummary` by field number, as far as one value can stand for a metric. */
const summaryKinds: ReadonlyArray<readonly [number, SummaryKind]> = [
  [4, "best"],
  [1, "min"],
  [2, "max"],
  [3, "mean"],
  [6, "none"],
  [5, "last"]
]
const goals: Readonly<Record<number, "minimize" | "maximize">> = { 1: "minimize", 2: "maximize" }
const hiddenOption = 2

const numbersIn = (value: unknown): ReadonlyArray<number> =>
  Array.isArray(value) ? value.filter((entry) => typeof entry === "number") : []

const textIn = (value: unknown): string | null => (typeof value === "string" && value !== "" ? value : null)

/** Fields of a definition: 1 name, 2 glob, 4 step metric, 5 its place in the list (from 1), 6 options, 7 summaries, 8 goal. */
export const readMetricDefinitions = (list: unknown): ReadonlyArray<MetricDefinition> => {
  if (!Array.isArray(list)) return []
  return list.flatMap((entry): ReadonlyArray<MetricDefinition> => {
    if (!isFields(entry)) return []
    const name = textIn(entry["1"]) ?? globOf(textIn(entry["2"]))
    if (name === null) return []
    const place = entry["5"]
    const referred = typeof place === "number" ? list[place - 1] : undefined
    const stepMetric = textIn(entry["4"]) ?? (isFields(referred) ? textIn(referred["1"]) : null)
    const kinds = numbersIn(entry["7"])
    const goal = typeof entry["8"] === "number" ? goals[entry["8"]] : undefined
    const summary = summaryKinds.find(
      ([number, kind]) => kinds.includes(number) && (kind !== "best" || goal !== undefined)
    )
    return [
      {
        name: metricName(name),
        ...(stepMetric !== null && stepMetric !== "_step" && { stepMetric: metricName(stepMetric) }),
        ...(summary !== undefined && kinds.length === 1 && { summary: summary[1] }),
        ...(goal !== undefined && { goal }),
        ...(numbersIn(entry["6"]).includes(hiddenOption) && { hidden: true })
      }
    ]
  })
}

/** The engine knows patterns that end in a star; anything finer stays with the client. */
const globOf = (glob: string | null): string | null =>
  glob !== null && glob.indexOf("*") === glob.length - 1 && glob.length > 0 ? glob : null
