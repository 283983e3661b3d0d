/** The writer as the stores see it, wherever it runs. */
import type { SqlValue } from "../driver/SqliteDriver.ts"
import { SqliteFault } from "../driver/SqliteFault.ts"
import type { StoreThread } from "../thread/StoreThread.ts"
import type { Writer } from "./Writer.ts"
import type { WriterModule } from "./WriterModule.ts"
import type { QueryAnswer, WriterRequest } from "./WriterRequest.ts"

export interface WriterClient {
  /** Answers after the commit that the job shares with everything else that is queued. */
  append<Job, Answer>(module: WriterModule<Job, Answer>, job: Job, sizeBytes: number): Promise<Answer>
  query(sql: string, parameters: ReadonlyArray<SqlValue>, transaction: number | null): Promise<QueryAnswer>
  /** Waits for the write lock. */
  begin(): Promise<number>
  end(transaction: number, commit: boolean): Promise<void>
  /** Long work of a module, in slices between commits. The caller knows what the task gives. */
  task<Answer>(module: WriterModule<never, unknown>, task: string, input: unknown): Promise<Answer>
  close(): Promise<void>
}

const clientOf = (request: (request: WriterRequest) => Promise<unknown>, close: () => Promise<void>): WriterClient => ({
  append: <Job, Answer>(module: WriterModule<Job, Answer>, job: Job, sizeBytes: number) =>
    request({ op: "append", module: module.name, job, sizeBytes }) as Promise<Answer>,
  query: (sql, parameters, transaction) =>
    request({ op: "query", sql, parameters, transaction }) as Promise<QueryAnswer>,
  begin: () => request({ op: "begin" }) as Promise<number>,
  end: (transaction, commit) => request({ op: "end", transaction, commit }) as Promise<void>,
  task: <Answer>(module: WriterModule<never, unknown>, task: string, input: unknown) =>
    request({ op: "task", module: module.name, task, input }) as Promise<Answer>,
  close
})

export const threadWriter = (thread: StoreThread): WriterClient =>
  clientOf(
    (request) => thread.request(request),
    () => thread.close()
  )

/** In the caller's own thread: for tests, and for programs that do nothing else. */
export const inlineWriter = (writer: Writer): WriterClient =>
  clientOf(
    (request) =>
      new Promise((resolve, reject) => {
        writer.submit(request, (reply) => {
          if (reply.ok) resolve(reply.value)
          else reject(new SqliteFault(reply.fault))
        })
      }),
    async () => writer.close()
  )
