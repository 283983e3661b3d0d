/** Routes of single runs and what a project does with many. */
import {
  type BulkChange,
  ConfigVersion,
  documentText,
  FinalState,
  InvalidInput,
  isIdentifier,
  JsonDocument,
  type Principal,
  type Project,
  ProjectId,
  Run,
  RunCreate,
  RunNotFound,
  RunPatch,
  Tag
} from "@wanllmdb/core"
import { Effect, Schema } from "effect"
import { json, jsonText, noContent } from "../http/ApiRequest.ts"
import { configVersionJson } from "../wire/resourceJson.ts"
import { runText } from "../wire/runText.ts"
import { allowed, refusal } from "./allowed.ts"
import { route, type ServerParts } from "./Route.ts"
import { answerRun } from "./runAnswer.ts"
import { shape } from "./shapes.ts"

const oneRun = shape(200, "The run", Run)

const Ids = Schema.Array(Schema.String).check(Schema.isMaxLength(10_000))
const Change = Schema.Union([
  Schema.Struct({ op: Schema.Literals(["delete", "restore"]), runs: Ids }),
  Schema.Struct({ op: Schema.Literals(["addTags", "removeTags"]), runs: Ids, tags: Schema.Array(Tag) }),
  Schema.Struct({ op: Schema.Literal("group"), runs: Ids, group: Schema.NullOr(Schema.String) }),
  Schema.Struct({ op: Schema.Literal("move"), runs: Ids, project: Schema.String })
])

const BulkAnswer = Schema.Struct({
  changed: Schema.Int,
  failed: Schema.Array(Schema.Struct({ run: Schema.String, message: Schema.String }))
})

export const runRoutes = [
  route({
    id: "runs.create",
    method: "POST",
    path: "/projects/{project}/runs",
    summary: "Makes a run, or continues one (`resume`, `Idempotency-Key`)",
    action: "run.create",
    on: "project",
    body: RunCreate,
    bodyOptional: true,
    answers: [shape(201, "The new run", Run), shape(200, "The run that is continued", Run)],
    handle: (call, { access, engine }) =>
      Effect.gen(function* () {
        const { body = {}, principal, request, target } = call
        if (body.fork !== undefined) yield* readableParent(call, body.fork.run, access, engine)
        yield* changeableRun(call, access, engine)
        const { created, run } = yield* engine.runs.create(target, body, {
          user: principal,
          idempotencyKey: request.header("idempotency-key") || undefined
        })
        return yield* answerRun(access, call, run, body, created ? 201 : 200)
      })
  }),
  route({
    id: "runs.get",
    method: "GET",
    path: "/runs/{run}",
    summary: "One run with config and summary",
    action: "run.read",
    on: "run",
    answers: [oneRun],
    handle: ({ target }, { engine }) =>
      Effect.map(Effect.flatMap(engine.runs.get(target.id), runText), (text) => jsonText(text))
  }),
  route({
    id: "runs.update",
    method: "PATCH",
    path: "/runs/{run}",
    summary: "Changes name, notes, tags, group, job type, summary or environment",
    action: "run.update",
    on: "run",
    body: RunPatch,
    answers: [oneRun],
    handle: (call, { access, engine }) =>
      Effect.flatMap(engine.runs.update(call.target.id, call.body), (run) => answerRun(access, call, run, call.body))
  }),
  route({
    id: "runs.delete",
    method: "DELETE",
    path: "/runs/{run}",
    summary: "Hides a run until it is restored",
    action: "run.delete",
    on: "run",
    answers: [shape(204, "Hidden")],
    handle: ({ target }, { engine }) => Effect.as(engine.runs.delete(target.id), noContent)
  }),
  route({
    id: "runs.restore",
    method: "POST",
    path: "/runs/{run}/restore",
    summary: "Shows a hidden run again",
    action: "run.delete",
    on: "run",
    answers: [oneRun],
    handle: (call, { access, engine }) =>
      Effect.flatMap(engine.runs.restore(call.target.id), (run) => answerRun(access, call, run))
  }),
  route({
    id: "runs.finish",
    method: "POST",
    path: "/runs/{run}/finish",
    summary: "Ends a run",
    action: "run.update",
    on: "run",
    body: Schema.Struct({ state: FinalState, exitCode: Schema.optionalKey(Schema.Int) }),
    answers: [oneRun],
    handle: (call, { access, engine }) =>
      Effect.flatMap(engine.runs.finish(call.target.id, call.body), (run) => answerRun(access, call, run))
  }),
  route({
    id: "runs.heartbeat",
    method: "POST",
    path: "/runs/{run}/heartbeat",
    summary: "A sign of life, every 30 s; answers whether someone asked the client to stop",
    action: "run.log",
    on: "run",
    answers: [shape(200, "Whether to stop", Schema.Struct({ stopRequested: Schema.Boolean }))],
    handle: ({ target }, { engine }) => Effect.map(engine.runs.heartbeat(target.id), (answer) => json(answer))
  }),
  route({
    id: "runs.pause",
    method: "POST",
    path: "/runs/{run}/pause",
    summary: "Marks a run as paused",
    action: "run.update",
    on: "run",
    answers: [oneRun],
    handle: (call, { access, engine }) =>
      Effect.flatMap(engine.runs.pause(call.target.id), (run) => answerRun(access, call, run))
  }),
  route({
    id: "runs.resume",
    method: "POST",
    path: "/runs/{run}/resume",
    summary: "Sets a run running again, from any state",
    action: "run.update",
    on: "run",
    answers: [oneRun],
    handle: (call, { access, engine }) =>
      Effect.flatMap(engine.runs.resume(call.target.id), (run) => answerRun(access, call, run))
  }),
  route({
    id: "runs.stop",
    method: "POST",
    path: "/runs/{run}/stop",
    summary: "Asks the client to end the run",
    action: "run.update",
    on: "run",
    answers: [oneRun],
    handle: (call, { access, engine }) =>
      Effect.flatMap(engine.runs.requestStop(call.target.id), (run) => answerRun(access, call, run))
  }),
  route({
    id: "runs.rewind",
    method: "POST",
    path: "/runs/{run}/rewind",
    summary: "Hides the points beyond a step and starts a new segment",
    action: "run.update",
    on: "run",
    body: Schema.Struct({ step: Schema.Finite }),
    answers: [oneRun],
    handle: (call, { access, engine }) =>
      Effect.flatMap(engine.runs.rewind(call.target.id, call.body.step), (run) => answerRun(access, call, run))
  }),
  route({
    id: "runs.config",
    method: "GET",
    path: "/runs/{run}/config",
    summary: "The present config",
    action: "run.read",
    on: "run",
    answers: [shape(200, "The config", Schema.JsonObject)],
    handle: ({ target }, { engine }) =>
      Effect.flatMap(engine.runs.get(target.id), (run) =>
        Effect.promise(async () => jsonText(await documentText(run, "config")))
      )
  }),
  route({
    id: "runs.setConfig",
    method: "POST",
    path: "/runs/{run}/config",
    summary: "Merges into the config; a new version when something differs",
    action: "run.update",
    on: "run",
    body: JsonDocument,
    answers: [oneRun],
    handle: (call, { access, engine }) =>
      Effect.flatMap(engine.runs.setConfig(call.target.id, call.body), (run) =>
        answerRun(access, call, run, { config: call.body })
      )
  }),
  route({
    id: "runs.configVersions",
    method: "GET",
    path: "/runs/{run}/config/versions",
    summary: "Every version of the config, oldest first",
    action: "run.read",
    on: "run",
    answers: [shape(200, "The versions", Schema.Struct({ items: Schema.Array(ConfigVersion), next: Schema.Null }))],
    handle: ({ target }, { engine }) =>
      Effect.map(engine.runs.configVersions(target.id), (versions) =>
        json({ items: versions.map(configVersionJson), next: null })
      )
  }),
  route({
    id: "runs.addTags",
    method: "POST",
    path: "/runs/{run}/tags",
    summary: "Adds tags",
    action: "run.update",
    on: "run",
    body: Schema.Struct({ tags: Schema.Array(Tag) }),
    answers: [oneRun],
    handle: (call, { access, engine }) =>
      Effect.flatMap(engine.runs.addTags(call.target.id, call.body.tags), (run) =>
        answerRun(access, call, run, { tags: call.body.tags })
      )
  }),
  route({
    id: "runs.removeTag",
    method: "DELETE",
    path: "/runs/{run}/tags/{tag}",
    summary: "Takes a tag away",
    action: "run.update",
    on: "run",
    answers: [oneRun],
    handle: (call, { access, engine }) =>
      Effect.flatMap(engine.runs.removeTag(call.target.id, call.params.tag ?? ""), (run) =>
        answerRun(access, call, run)
      )
  }),
  route({
    id: "runs.bulk",
    method: "POST",
    path: "/projects/{project}/runs/bulk",
    summary: "The same change to many runs of a project",
    action: "run.update",
    on: "project",
    body: Change,
    answers: [shape(200, "How many changed and which failed", BulkAnswer)],
    handle: (call, { access, engine }) =>
      Effect.gen(function* () {
        const { body, target } = call
        const resource = {
          kind: "project",
          entity: target.entity,
          project: target.id,
          visibility: target.visibility
        } as const
        // Whoever moves a run takes it away from here.
        if (body.op === "delete" || body.op === "restore" || body.op === "move")
          yield* allowed(access, call, "run.delete", resource)
        const outside: Array<{ run: string; message: string }> = []
        const runs: Array<string> = []
        for (const run of body.runs) {
          const located = yield* Effect.orElseSucceed(engine.runs.locate(run), () => null)
          if (located?.project === target.id) runs.push(located.id)
          else outside.push({ run, message: `Run "${run}" is not in this project` })
        }
        const change = yield* changeOf(call, runs, access, engine)
        const answer = yield* engine.runs.bulk(change)
        return json({ changed: answer.changed, failed: [...outside, ...answer.failed] })
      })
  })
]

/** A fork takes over its parent's config and points, so whoever makes it must be allowed to read them. */
const readableParent = Effect.fnUntraced(function* (
  call: Caller & { readonly target: Project },
  ref: string,
  access: ServerParts["access"],
  engine: ServerParts["engine"]
) {
  const { entity, id: project, slug } = call.target
  const path = isIdentifier(ref) ? ref : `${entity}:${slug}:${ref.slice(ref.lastIndexOf(":") + 1)}`
  const parent = yield* Effect.mapError(engine.runs.locate(path), (error) =>
    error._tag === "RunNotFound" ? new RunNotFound({ run: ref }) : error
  )
  if (parent.project !== project) return yield* new RunNotFound({ run: ref })
  const decision = yield* Effect.promise(async () =>
    access.decide(call.principal, "run.read", { kind: "run", entity, project, run: parent.id })
  )
  if (decision === "hide") return yield* new RunNotFound({ run: ref })
  if (decision === "forbid") return yield* refusal("run.read", call.principal)
})

/** Whoever continues a run changes it: its state, and what the call sends along. */
const changeableRun = Effect.fnUntraced(function* (
  call: Caller & { readonly target: Project; readonly body?: RunCreate | undefined },
  access: ServerParts["access"],
  engine: ServerParts["engine"]
) {
  const { entity, id: project, slug } = call.target
  const { resume = "never", slug: name } = call.body ?? {}
  if (resume === "never" || name === undefined) return
  const known = yield* engine.runs
    .locate(`${entity}:${slug}:${name}`)
    .pipe(Effect.catchTag("RunNotFound", () => Effect.succeed(null)))
  if (known !== null) yield* allowed(access, call, "run.update", { kind: "run", entity, project, run: known.id })
})

interface Caller {
  readonly principal: Principal
}

/** Only runs of the project, and for a move only to a project where the caller may make runs. */
const changeOf = Effect.fnUntraced(function* (
  call: Caller & { readonly body: typeof Change.Type },
  runs: ReadonlyArray<string>,
  access: ServerParts["access"],
  engine: ServerParts["engine"]
) {
  const { body } = call
  if (body.op !== "move") return { ...body, runs } satisfies BulkChange
  const goal = yield* engine.projects.get(body.project)
  yield* allowed(access, call, "run.create", {
    kind: "project",
    entity: goal.entity,
    project: goal.id,
    visibility: goal.visibility
  })
  if (goal.deletedAt !== null) {
    const fault = { path: "project", rule: "a project that is not deleted", got: body.project }
    return yield* new InvalidInput({ faults: [fault] })
  }
  return { op: "move", runs, project: ProjectId.make(goal.id) } satisfies BulkChange
})
