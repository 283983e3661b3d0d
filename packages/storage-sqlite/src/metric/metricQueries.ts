/** Reads of the metric engine that run on the reader's thread. */
import { type BucketQuery, type PackedBuckets, packBuckets } from "@wanllmdb/core/metric"
import type { ReaderQuery } from "../reader/ReaderQuery.ts"
import { answerBuckets, planBuckets } from "./read/buckets.ts"
import { scanQuery } from "./read/scan.ts"
import { verifyQuery } from "./read/verify.ts"

export const bucketsQuery: ReaderQuery<BucketQuery, PackedBuckets> = {
  name: "metrics.buckets",
  *run(context, query) {
    for (const series of answerBuckets(context, planBuckets(context, query))) yield packBuckets(series)
  }
}

export const metricQueries: ReadonlyArray<ReaderQuery<never, unknown>> = [bucketsQuery, scanQuery, verifyQuery]
