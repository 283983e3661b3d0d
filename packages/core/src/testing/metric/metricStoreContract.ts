/** What every `MetricStore` keeps, by area. Stores that outlive their process also pass `metricStoreRestartContract`. */
import type { MetricStore } from "../../metric/MetricStore.ts"
import type { ContractCase } from "../ContractCase.ts"
import { appendCases } from "./contract/appendCases.ts"
import { bucketCases } from "./contract/bucketCases.ts"
import { lifecycleCases } from "./contract/lifecycleCases.ts"
import { numberedRowCases } from "./contract/numberedRowCases.ts"
import { randomCases } from "./contract/randomCases.ts"
import { segmentCases } from "./contract/segmentCases.ts"
import { seriesCases } from "./contract/seriesCases.ts"

export const metricStoreContract: ReadonlyArray<ContractCase<MetricStore>> = [
  ...appendCases,
  ...numberedRowCases,
  ...seriesCases,
  ...bucketCases,
  ...segmentCases,
  ...lifecycleCases,
  ...randomCases(1, 8),
  // Large enough for many cells a chunk and many chunks a run.
  ...randomCases(50, 2, 14, 4000)
]
