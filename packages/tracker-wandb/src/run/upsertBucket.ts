/** `UpsertBucket`: makes a run, goes on with one, or changes one; what is absent stays as it is. */
import { isIdentifier, type Run, type RunCreate, type RunPatch } from "@wanllmdb/core"
import { Effect } from "effect"
import type { Call } from "../call/Call.ts"
import { checkProject, checkRun, ensureProject, findRun, neededRun, type RunPlace, runSlugOf } from "../call/place.ts"
import { settle, settleFound } from "../call/settle.ts"
import { storeSummary } from "../filestream/storeSummary.ts"
import type { Variables } from "../graphql/Variables.ts"
import { isFields } from "../graphql/Variables.ts"
import { noteSweepRun } from "../sweep/sweepRuns.ts"
import { ClientFault } from "../wire/ClientFault.ts"
import { fromGlobalId } from "../wire/globalId.ts"
import { readMetricDefinitions } from "./metricDefinitions.ts"
import { readEnvironment } from "./readEnvironment.ts"
import { readRunDocument, startConsoleAnew, writeRunDocument } from "./runDocument.ts"
import { readWandbConfig, type WandbConfig } from "./wandbConfig.ts"

const ended: ReadonlySet<string> = new Set(["finished", "failed", "killed", "crashed"])

export interface UpsertedRun {
  readonly run: Run
  readonly inserted: boolean
}

const clip = (text: string | null, most: number): string | undefined => text?.toWellFormed().slice(0, most)

/** The run that a global id names. */
export const runById = async (call: Call, id: string): Promise<Run> => {
  const ref = fromGlobalId("Run", id) ?? id
  const run = isIdentifier(ref) ? await settleFound(call.engine.runs.get(ref)) : null
  if (run === null) throw new ClientFault(404, "variables.id: names no run")
  return run
}

export const upsertBucket = async (variables: Variables, call: Call): Promise<UpsertedRun> => {
  const id = variables.text("id")
  const document = variables.jsonFields("config")
  const parts = document === null ? null : readWandbConfig(document)
  if (id !== null && id !== "") {
    const run = await runById(call, id)
    await checkRun(call, run, "run.update")
    return { run: await change(call, run, variables, parts), inserted: false }
  }
  const place = {
    entity: variables.text("entity"),
    project: variables.text("project"),
    run: variables.neededText("name")
  }
  const present = await findRun(call, place, "run.update")
  if (present !== null) {
    return { run: await change(call, await goOn(call, present, variables), variables, parts), inserted: false }
  }
  const project = await ensureProject(call, place.entity, place.project)
  await checkProject(call, project, "run.create")
  await checkParent(call, place, parts?.own ?? null)
  const { created, run } = await settle(
    call.engine.runs.create(project, runCreate(place.run, variables, parts), {
      user: call.principal,
      naming: "readable"
    })
  )
  // It counts rows and times them; as a chart it tells nothing. A definition of the user's own replaces this one.
  if (created) await settle(call.engine.metrics.define(run.id, { name: "_runtime", hidden: true }))
  await keepOwn(call, run, variables, parts?.own ?? null)
  return { run, inserted: created }
}

/** A fork shows its parent's config and points, so it needs the right to read them. */
const checkParent = async (call: Call, place: RunPlace, own: WandbConfig["own"]): Promise<void> => {
  const fork = forkOf(own)
  if (fork === null) return
  await neededRun(call, { ...place, run: fork.run }, "run.read")
}

/** `wandb sync` sends lines that may be there already, under the numbers that they have. */
const isSync = (variables: Variables): boolean =>
  /(^|[\\/])wandb(\.exe|[\\/]__main__\.py)?$/.test(variables.text("program") ?? "")

/** Only the first call of a job tells its program; imports tell none, and number lines as they stood. */
const isSessionStart = (variables: Variables): boolean => (variables.text("program") ?? "") !== ""

/** A client begins on a run that is there: it numbers its console lines anew, and a run that had ended runs again. */
const goOn = async (call: Call, run: Run, variables: Variables): Promise<Run> => {
  const { engine } = call
  if (isSessionStart(variables) && !isSync(variables)) await settle(startConsoleAnew(engine, run.id))
  if (!ended.has(run.state)) return run
  await settle(writeRunDocument(engine, run.id, { preempting: false }))
  return settle(engine.runs.resume(run.id))
}

/** The public API spells it otherwise. */
const nameIn = (variables: Variables): string | undefined =>
  clip(variables.text("displayName") ?? variables.text("display_name"), 1024)

const runCreate = (name: string, variables: Variables, parts: WandbConfig | null): RunCreate => {
  const displayName = nameIn(variables)
  const notes = clip(variables.text("notes") ?? variables.text("description"), 1_048_576)
  const fork = forkOf(parts?.own ?? null)
  return {
    slug: runSlugOf(name),
    resume: "allow",
    ...(displayName !== undefined && displayName !== "" && { name: displayName }),
    ...(notes !== undefined && { notes }),
    tags: tagsOf(variables) ?? [],
    group: clip(variables.text("groupName"), 512) ?? null,
    jobType: clip(variables.text("jobType"), 512) ?? null,
    config: parts?.config ?? {},
    environment: environmentOf(variables, parts?.own ?? null),
    ...(fork !== null && { fork })
  }
}

const tagsOf = (variables: Variables): ReadonlyArray<string> | undefined =>
  variables
    .texts("tags")
    ?.map((tag) => tag.toWellFormed().slice(0, 256))
    .filter((tag) => tag !== "")

/** `fork_from` stands in the client's part of the config: the run's id and the last step to share. */
const forkOf = (own: WandbConfig["own"]): { readonly run: string; readonly step: number } | null => {
  const point = own?.branch_point
  if (!isFields(point)) return null
  const { run_id: run, step } = point
  return typeof run === "string" && typeof step === "number" ? { run: runSlugOf(run), step } : null
}

const environmentOf = (variables: Variables, own: WandbConfig["own"]) => {
  const told = readEnvironment(own) ?? {}
  const host = variables.text("host")
  const program = variables.text("program")
  const commit = variables.text("commit")
  const remote = variables.text("repo")
  const git = {
    ...told.git,
    ...(commit !== null && commit !== "" && { commit }),
    ...(remote !== null && remote !== "" && { remote })
  }
  return {
    ...(host !== null && host !== "" && { host }),
    ...(program !== null && program !== "" && { command: program }),
    ...told,
    ...(Object.keys(git).length > 0 && { git })
  }
}

/** The client's own part: definitions of metrics, environment, sweep. */
const keepOwn = async (call: Call, run: Run, variables: Variables, own: WandbConfig["own"]): Promise<void> => {
  const sweep = variables.text("sweep")
  if (own === null && sweep === null) return
  const before = await settle(readRunDocument(call.engine, run.id))
  await settle(writeRunDocument(call.engine, run.id, { own, sweep }))
  if (sweep !== null && sweep !== "") await settle(noteSweepRun(call.engine, run, sweep))
  // Sent with every change of the config, and seldom new.
  if (JSON.stringify(own?.m) === JSON.stringify(before.own?.m)) return
  await settle(
    Effect.forEach(readMetricDefinitions(own?.m), (definition) => call.engine.metrics.define(run.id, definition), {
      discard: true
    })
  )
}

const change = async (call: Call, run: Run, variables: Variables, parts: WandbConfig | null): Promise<Run> => {
  const { engine } = call
  await keepOwn(call, run, variables, parts?.own ?? null)
  const summary = variables.text("summaryMetrics")
  if (summary !== null) await settle(storeSummary(call, run, summary))
  const name = nameIn(variables)
  const notes = clip(variables.text("notes") ?? variables.text("description"), 1_048_576)
  const tags = tagsOf(variables)
  const group = clip(variables.text("groupName"), 512)
  const jobType = clip(variables.text("jobType"), 512)
  const environment = environmentOf(variables, parts?.own ?? null)
  const patch: RunPatch = {
    ...(name !== undefined && name !== "" && { name }),
    ...(notes !== undefined && { notes }),
    ...(tags !== undefined && { tags }),
    ...(group !== undefined && { group }),
    ...(jobType !== undefined && { jobType }),
    ...(Object.keys(environment).length > 0 && { environment: { ...run.environment, ...environment } })
  }
  const patched = Object.keys(patch).length === 0 ? run : await settle(engine.runs.update(run.id, patch))
  if (parts === null || Object.keys(parts.config).length === 0) return patched
  return settle(engine.runs.setConfig(run.id, parts.config, { merge: configMerge(call, run) }))
}

/**
 * The client sends its whole config, so what is missing in it is gone. A writer of shared mode knows only its own part, and a
 * fork only what differs from its parent.
 */
const configMerge = ({ request }: Call, { parent }: Run): "keys" | "replace" =>
  parent !== null || request.headers.get("x-wandb-use-async-filestream") === "true" ? "keys" : "replace"
