/** Reads of the metric engine that run on the reader's thread. */
import type { BucketQuery, BucketSeries } from "@wanllmdb/core/metric"
import type { ReaderQuery } from "../reader/ReaderQuery.ts"
import { answerBuckets, planBuckets } from "./read/buckets.ts"
import { scanQuery } from "./read/scan.ts"
import { verifyQuery } from "./read/verify.ts"

export const bucketsQuery: ReaderQuery<BucketQuery, BucketSeries> = {
  name: "metrics.buckets",
  *run(context, query) {
    yield* answerBuckets(context, planBuckets(context, query))
  }
}

export const metricQueries: ReadonlyArray<ReaderQuery<never, unknown>> = [bucketsQuery, scanQuery, verifyQuery]
