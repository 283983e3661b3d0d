/** `POST /files/{entity}/{project}/{run}/file_stream`. */
import { setImmediate as turn } from "node:timers/promises"
import type { Call } from "../call/Call.ts"
import { checkRun, type RunPlace, refOf } from "../call/place.ts"
import { settle } from "../call/settle.ts"
import { readBody } from "../wire/readBody.ts"
import { applyFileStream } from "./applyFileStream.ts"
import { fileStreamText, readFileStreamBody } from "./fileStreamBody.ts"

/** The client sends at most about 10 MiB and lines of 10 MiB. */
const bodyLimitBytes = 32 * 1024 * 1024
const largeBytes = 256 * 1024

export const answerFileStream = async (call: Call, place: RunPlace): Promise<Response> => {
  const { id, entity, project } = await settle(call.engine.runs.locate(refOf(place)))
  await checkRun(call, { id, entity, project }, "run.log")
  const bytes = await readBody(call.request, bodyLimitBytes, call.share)
  // What is read, and what is made of it, each take a while: others get their turn in between.
  const breathe = bytes.length > largeBytes ? () => turn() : () => undefined
  await breathe()
  const text = fileStreamText(bytes)
  await breathe()
  const body = readFileStreamBody(text)
  await breathe()
  const client = (call.request.headers.get("x-wandb-async-client-id") ?? "").replace(/^~+/, "").slice(0, 256)
  const { stopRequested } = await settle(applyFileStream(call, { id }, body, client))
  return Response.json(stopRequested ? { exitcode: null, stopped: true } : { exitcode: null, limits: {} })
}
