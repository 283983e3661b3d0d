/** The summary of a run as rows: each metric's last and best value, then what the client set itself. */
import type { MetricKeyJson, RunJson } from "@wanllmdb/core/client"
import { flatten } from "../format/flatten.ts"

export interface SummaryRow {
  readonly key: string
  readonly last: number | string | null
  readonly best: number | null
  /** Where the best value was logged. */
  readonly bestStep: number | null
}

/** Which way is better: the definition's goal, else what the name suggests; null where neither says. */
export const goalOf = ({
  key,
  definition
}: Pick<MetricKeyJson, "key" | "definition">): "minimize" | "maximize" | null => {
  if (definition?.goal !== undefined && definition.goal !== null) return definition.goal
  const name = key.toLowerCase().split(/[/.]/).at(-1)!
  if (/loss|error|perplexity|^(nll|mse|mae|rmse|wer|cer|fid|ppl)$|grad_norm/.test(name)) return "minimize"
  return /acc|f1|auc|score|bleu|rouge|precision|recall|^(map|iou|dice|reward|r2)$|reward/.test(name) ? "maximize" : null
}

const hiddenKey = (key: string): boolean => key.startsWith("system/") || key.startsWith("_")

export const summaryRows = (run: RunJson, keys: ReadonlyArray<MetricKeyJson>): ReadonlyArray<SummaryRow> => {
  const rows = keys
    .filter(
      ({ key, kind, definition }) =>
        kind !== "record" && kind !== "histogram" && !hiddenKey(key) && definition?.hidden !== true
    )
    .map((summary): SummaryRow => {
      const goal = goalOf(summary)
      const least = goal === "minimize"
      return {
        key: summary.key,
        last: summary.last,
        best: goal === null ? null : least ? summary.min : summary.max,
        bestStep: goal === null ? null : least ? summary.minStep : summary.maxStep
      }
    })
  const known = new Set(keys.map(({ key }) => key))
  for (const [key, value] of flatten(run.summary)) {
    if (known.has(key) || hiddenKey(key)) continue
    rows.push({
      key,
      last: typeof value === "number" || typeof value === "string" ? value : JSON.stringify(value),
      best: null,
      bestStep: null
    })
  }
  return rows.sort((a, b) => Number(b.best !== null) - Number(a.best !== null) || (a.key < b.key ? -1 : 1))
}

/** The metric that stands for a run at a glance: a loss, else the first that has a best value, else any. */
export const leadingKey = (keys: ReadonlyArray<MetricKeyJson>): string | null => {
  const numbers = keys.filter(({ key, kind }) => kind === "number" && !hiddenKey(key))
  const rank = ({ key, definition }: MetricKeyJson): number => {
    if (key === "loss") return 0
    if (/^train\/loss$/.test(key)) return 1
    if (/\/loss$/.test(key)) return 2
    if (/loss/.test(key)) return 3
    return goalOf({ key, definition }) !== null ? 4 : 5
  }
  return [...numbers].sort((a, b) => rank(a) - rank(b) || (a.key < b.key ? -1 : 1))[0]?.key ?? null
}
