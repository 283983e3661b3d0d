/** What this server does not keep yet. A job must hear it and go on. */
import type { RunId } from "@wanllmdb/core"
import { findRun } from "../call/place.ts"
import { settle } from "../call/settle.ts"
import type { Operations } from "../graphql/Operation.ts"
import { ClientFault } from "../wire/ClientFault.ts"

const message =
  "wanLLMDB does not keep W&B artifacts yet. The run goes on; files of logged tables and media are kept with the run."

/** Runs whose log says so already: a job may log a table at every step. */
const told = new Set<RunId>()
const mostTold = 10_000

export const unsupportedOperations: Operations = {
  CreateArtifact: async (variables, call) => {
    const input = variables.input("input")
    const place = {
      entity: input.text("entityName"),
      project: input.text("projectName"),
      run: input.text("runName") ?? ""
    }
    const run = place.run === "" ? null : await findRun(call, { ...place, run: place.run }, "run.log")
    if (run !== null && !told.has(run.id)) {
      if (told.size >= mostTold) told.clear()
      told.add(run.id)
      await settle(call.engine.logs.append(run.id, [{ level: "warn", stream: "wanllmdb", text: message }]))
    }
    throw new ClientFault(501, message)
  }
}
