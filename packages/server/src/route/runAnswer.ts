/**
 * A changed or continued run as its caller may see it. Who may write and not read, such as a key with the role `ingest`, gets
 * what it needs to go on, and of the run's contents only what the call itself sent: a training job must not be a way to read
 * what another one logged.
 */
import type { Principal, Run } from "@wanllmdb/core"
import { Effect } from "effect"
import type { Access, Decision } from "../auth/Access.ts"
import { type ApiResponse, jsonText } from "../http/ApiRequest.ts"
import { runText } from "../wire/runText.ts"

/** Contents of a run that a call sent itself. */
export type Wrote = Partial<Pick<Run, "tags" | "group" | "jobType" | "notes" | "config" | "summary" | "environment">>

/** Names, state, times and counters stay; contents are the caller's own or empty. */
const ownView = (run: Run, wrote: Wrote): Run => ({
  ...run,
  user: null,
  host: null,
  parent: null,
  tags: wrote.tags ?? [],
  group: wrote.group ?? null,
  jobType: wrote.jobType ?? null,
  notes: wrote.notes ?? "",
  config: wrote.config ?? {},
  summary: wrote.summary ?? {},
  environment: wrote.environment ?? null
})

export const answerRun = (
  access: Access,
  { principal }: { readonly principal: Principal },
  run: Run,
  wrote: Wrote = {},
  status = 200
): Effect.Effect<ApiResponse> => {
  const conclude = (decision: Decision) =>
    Effect.map(runText(decision === "allow" ? run : ownView(run, wrote)), (text) => jsonText(text, status))
  const { entity, id, project } = run
  const decision = access.decide(principal, "run.read", { kind: "run", entity, project, run: id })
  return decision instanceof Promise
    ? Effect.flatMap(
        Effect.promise(() => decision),
        conclude
      )
    : conclude(decision)
}
