export type * from "./MetricQuery.ts"
