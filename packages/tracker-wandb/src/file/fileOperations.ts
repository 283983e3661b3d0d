/** Files of a run: where the client is to send them. */
import type { Call } from "../call/Call.ts"
import { neededRun, type RunPlace } from "../call/place.ts"
import type { Operations } from "../graphql/Operation.ts"
import { globalId } from "../wire/globalId.ts"
import { keptPath } from "./filePath.ts"

/** Address of one file of a run under its kept path: `PUT` stores it, `GET` gives it. */
export const fileAddress = (
  call: Call,
  { entity, project, run }: Readonly<Record<"entity" | "project" | "run", string>>,
  path: string
): string => `${call.address}/files/${[entity, project, run, ...path.split("/")].map(encodeURIComponent).join("/")}`

/** The client sends files without its key, and with the headers that it is told; so it is told its own key. */
const uploadHeaders = ({ request }: Call): ReadonlyArray<string> => {
  const authorization = request.headers.get("authorization")
  return authorization === null ? [] : [`Authorization:${authorization}`]
}

export const fileOperations: Operations = {
  CreateRunFiles: async (variables, call) => {
    const place: RunPlace = {
      entity: variables.text("entity"),
      project: variables.text("project"),
      run: variables.neededText("run")
    }
    const run = await neededRun(call, place, "file.write")
    const address = { entity: run.entity, project: run.projectSlug, run: run.slug }
    const files = variables.texts("files") ?? []
    return {
      createRunFiles: {
        runID: globalId("Run", run.id),
        uploadHeaders: uploadHeaders(call),
        files: files.map((name) => ({ name, uploadUrl: fileAddress(call, address, keptPath(name)) }))
      }
    }
  },
  MarkRunFilesUploaded: async () => ({ markRunFilesUploaded: { success: true } })
}
