/** `POST /files/{entity}/{project}/{run}/file_stream`. */
import type { Call } from "../call/Call.ts"
import { checkRun, type RunPlace, refOf } from "../call/place.ts"
import { settle } from "../call/settle.ts"
import { readBody } from "../wire/readBody.ts"
import { applyFileStream } from "./applyFileStream.ts"
import { readFileStreamBody } from "./fileStreamBody.ts"

/** The client sends at most about 10 MiB and lines of 10 MiB. */
const bodyLimitBytes = 32 * 1024 * 1024

export const answerFileStream = async (call: Call, place: RunPlace): Promise<Response> => {
  const { id, entity, project } = await settle(call.engine.runs.locate(refOf(place)))
  await checkRun(call, { id, entity, project }, "run.log")
  const body = readFileStreamBody(await readBody(call.request, bodyLimitBytes, call.share))
  const client = (call.request.headers.get("x-wandb-async-client-id") ?? "").slice(0, 256)
  const { stopRequested } = await settle(applyFileStream(call, { id }, body, client))
  return Response.json(stopRequested ? { exitcode: null, stopped: true } : { exitcode: null, limits: {} })
}
