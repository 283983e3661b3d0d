/** The stores that append and scan, plugged into the writer and the reader. */
import { logModule } from "./log/logModule.ts"
import { readLog } from "./log/readLog.ts"
import { tailLog } from "./log/tailLog.ts"
import { metricQueries } from "./metric/metricQueries.ts"
import { metricWriter } from "./metric/metricWriter.ts"
import type { ReaderQuery } from "./reader/ReaderQuery.ts"
import type { WriterModule } from "./writer/WriterModule.ts"

export const writerModules: ReadonlyArray<WriterModule<never, unknown>> = [metricWriter, logModule]

export const readerQueries: ReadonlyArray<ReaderQuery<never, unknown>> = [...metricQueries, readLog, tailLog]
