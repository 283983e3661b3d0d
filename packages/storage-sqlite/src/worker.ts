/** Entry of the writer's and the reader's worker threads: hands messages to the plain classes that do the work. */
import { parentPort, workerData } from "node:worker_threads"
import { chooseDriver } from "./driver/chooseDriver.ts"
import { faultOf } from "./driver/SqliteFault.ts"
import { readerQueries, writerModules } from "./modules.ts"
import { Reader } from "./reader/Reader.ts"
import { buffersOf } from "./thread/buffersOf.ts"
import type { ThreadMessage, ThreadSetup } from "./thread/ThreadRequest.ts"
import { Writer } from "./writer/Writer.ts"
import type { WriterReply } from "./writer/WriterRequest.ts"

type Answer = (reply: WriterReply) => void
type Serve = (message: ThreadMessage["request"], answer: Answer) => void

const setup = workerData as ThreadSetup
const port = parentPort!

const serveWriter = (): Serve => {
  const writer = new Writer({ ...setup, driver: chooseDriver(setup.driver), modules: writerModules })
  return (request, answer) => {
    if (request.op === "close") {
      writer.close()
      answer({ ok: true, value: null })
    } else if (request.op !== "start" && request.op !== "pull" && request.op !== "stop") writer.submit(request, answer)
  }
}

const serveReader = (): Serve => {
  const reader = new Reader({ ...setup, driver: chooseDriver(setup.driver), queries: readerQueries })
  return (request, answer) => {
    if (request.op === "start") reader.start(request.query, request.name, request.input)
    else if (request.op === "stop") reader.stop(request.query)
    else if (request.op === "close") reader.close()
    else if (request.op === "pull") {
      reader.pull(request.query).then(
        (value) => answer({ ok: true, value }),
        (cause: unknown) => answer({ ok: false, fault: faultOf(cause).toData() })
      )
      return
    }
    answer({ ok: true, value: null })
  }
}

let outbox: Array<{ readonly id: number; readonly reply: WriterReply }> = []

// Answers of one commit travel as one message.
const post = (id: number, reply: WriterReply): void => {
  outbox.push({ id, reply })
  if (outbox.length > 1) return
  queueMicrotask(() => {
    const replies = outbox
    outbox = []
    const moved = new Set<ArrayBuffer>()
    if (setup.role === "reader") for (const { reply } of replies) if (reply.ok) buffersOf(reply.value, moved, 7)
    port.postMessage(replies, [...moved])
  })
}

let serve: Serve
try {
  serve = setup.role === "writer" ? serveWriter() : serveReader()
} catch (cause) {
  // A store that cannot open says so to each request, with the reason.
  const fault = faultOf(cause).toData()
  serve = (_, answer) => answer({ ok: false, fault })
}

port.on("message", (messages: ReadonlyArray<ThreadMessage>) => {
  for (const { id, request } of messages) {
    try {
      serve(request, (reply) => post(id, reply))
    } catch (cause) {
      post(id, { ok: false, fault: faultOf(cause).toData() })
    }
  }
})
