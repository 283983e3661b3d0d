/** Sweeps and their agents as documents of the engine. */
import { changeDocument, type Project, type ProjectId } from "@wanllmdb/core"
import { Clock, Effect, Option, Schema } from "effect"
import type { Call } from "../../call/Call.ts"
import { SweepState } from "./SweepState.ts"

type Engine = Call["engine"]

const sweeps = "wandb.sweep"
const agents = "wandb.sweep.agent"
const agentRuns = "wandb.sweep.agent.run"
const trials = "wandb.sweep.trial"
const pageLength = 10_000

/** A sweep and the project it stands in. */
export interface SweepPlace {
  readonly project: ProjectId
  readonly name: string
}

const keyOf = ({ name, project }: SweepPlace): string => `${project}/${encodeURIComponent(name)}`

const toState = Schema.decodeUnknownOption(SweepState)

export const readSweep = (engine: Engine, place: SweepPlace) =>
  Effect.map(engine.documents.get(sweeps, keyOf(place)), (document) =>
    document === null ? null : Option.getOrNull(toState(document.body))
  )

/** `change` answers the new state (the old one for no change) and what to give back. Null when there is no such sweep. */
export const changeSweep = <A, E>(
  engine: Engine,
  place: SweepPlace,
  change: (state: SweepState) => Effect.Effect<readonly [SweepState, A], E>
) =>
  changeDocument(engine.documents, sweeps, keyOf(place), (body) =>
    Effect.gen(function* () {
      const state = body === null ? null : Option.getOrNull(toState(body))
      if (state === null) return [null, null] as const
      const [next, answer] = yield* change(state)
      return [next === state ? null : { ...next }, answer] as const
    })
  )

/** Fails with `DocumentChanged` where the project has a sweep of that name. */
export const insertSweep = Effect.fnUntraced(function* (engine: Engine, place: SweepPlace, state: SweepState) {
  const now = yield* Clock.currentTimeMillis
  yield* engine.documents.put({ collection: sweeps, key: keyOf(place), body: { ...state }, ifRev: 0, now })
})

const listAll = Effect.fnUntraced(function* (engine: Engine, collection: string, prefix: string) {
  const all: Array<{ readonly key: string; readonly body: unknown }> = []
  for (;;) {
    const page = yield* engine.documents.list({ collection, prefix, after: all.at(-1)?.key, limit: pageLength })
    all.push(...page)
    if (page.length < pageLength) return all
  }
})

/** Newest first. */
export const listSweeps = (engine: Engine, project: Pick<Project, "id">) =>
  Effect.map(listAll(engine, sweeps, `${project.id}/`), (documents) =>
    documents
      .flatMap(({ body }) => Option.toArray(toState(body)))
      .sort((a, b) => b.createdAt - a.createdAt || (a.name < b.name ? -1 : 1))
  )

export const SweepAgent = Schema.Struct({
  id: Schema.String,
  host: Schema.String,
  user: Schema.String,
  createdAt: Schema.Finite,
  heartbeatAt: Schema.Finite,
  /** Whether it was told to exit. */
  ended: Schema.Boolean,
  totalRuns: Schema.Int
})
export interface SweepAgent extends Schema.Schema.Type<typeof SweepAgent> {}

const toAgent = Schema.decodeUnknownOption(SweepAgent)

export const readAgent = (engine: Engine, place: SweepPlace, id: string) =>
  Effect.map(engine.documents.get(agents, `${keyOf(place)}/${id}`), (document) =>
    document === null ? null : Option.getOrNull(toAgent(document.body))
  )

export const changeAgent = (
  engine: Engine,
  place: SweepPlace,
  id: string,
  change: (agent: SweepAgent | null) => SweepAgent | null
) =>
  changeDocument(engine.documents, agents, `${keyOf(place)}/${id}`, (body) => {
    const agent = change(body === null ? null : Option.getOrNull(toAgent(body)))
    return Effect.succeed([agent === null ? null : { ...agent }, agent] as const)
  })

/** Oldest first. */
export const listAgents = (engine: Engine, place: SweepPlace) =>
  Effect.map(listAll(engine, agents, `${keyOf(place)}/`), (documents) =>
    documents.flatMap(({ body }) => Option.toArray(toAgent(body))).sort((a, b) => a.createdAt - b.createdAt)
  )

const padded = (number: number): string => String(number).padStart(12, "0")

/** Keeps a document that nobody else writes; repeatable. */
const keep = (engine: Engine, collection: string, key: string, body: Schema.JsonObject) =>
  changeDocument(engine.documents, collection, key, () => Effect.succeed([body, null] as const))

export const noteAgentRun = (engine: Engine, place: SweepPlace, agent: string, at: number, run: string) =>
  keep(engine, agentRuns, `${keyOf(place)}/${agent}/${padded(Math.floor(at))}-${run}`, { run })

/** Slugs of the runs that the agent was given, oldest first. */
export const listAgentRuns = (engine: Engine, place: SweepPlace, agent: string) =>
  Effect.map(listAll(engine, agentRuns, `${keyOf(place)}/${agent}/`), (documents) =>
    documents.flatMap(({ body }) =>
      typeof body === "object" && body !== null && "run" in body && typeof body.run === "string" ? [body.run] : []
    )
  )

/** What became of each attempt of a trial. */
export const noteAttempt = (
  engine: Engine,
  place: SweepPlace,
  trial: { readonly number: number; readonly attempt: number; readonly run: string; readonly agent: string },
  outcome: string
) =>
  keep(engine, trials, `${keyOf(place)}/${padded(trial.number)}/${trial.attempt}`, {
    number: trial.number,
    attempt: trial.attempt,
    run: trial.run,
    agent: trial.agent,
    outcome
  })
