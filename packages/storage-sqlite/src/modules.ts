/** The stores that append and scan, plugged into the writer and the reader. */
import type { ReaderQuery } from "./reader/ReaderQuery.ts"
import type { WriterModule } from "./writer/WriterModule.ts"

export const writerModules: ReadonlyArray<WriterModule<never, unknown>> = []

export const readerQueries: ReadonlyArray<ReaderQuery<never, unknown>> = []
