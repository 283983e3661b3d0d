/** Makes or continues the run of a spool on the server, and its project with it. Safe to repeat. */
import type { RunJson } from "@wanllmdb/core/client"
import type { SpoolOpening } from "../spool/SpoolContent.ts"
import { isObject, isRefusal, type Transport, TransportError } from "./Transport.ts"

export interface OpenedRun {
  readonly id: string
  readonly entity: string
  readonly project: string
  readonly slug: string
  readonly name: string
  readonly createdAtMs: number
  /** First free step and log line of the run: 0 for a new one. */
  readonly baseStep: number
  readonly baseLine: number
  /** What the server says of the fields that it refused; the run was made without any of them then. Null when it took all. */
  readonly refused: string | null
}

/** Steps of these are seconds of the machine's clock, so they say nothing about the training's next step. */
export const systemPrefix = "system/"

export const openRun = async (transport: Transport, opening: SpoolOpening): Promise<OpenedRun> => {
  const project = await findProject(transport, opening)
  const path = `/projects/${encodeURIComponent(project)}/runs`
  const make = async (fields: Record<string, unknown>) =>
    asRun(
      await transport.call("POST", path, {
        headers: { "idempotency-key": opening.writer },
        json: {
          slug: opening.slug,
          resume: opening.resume,
          createdAt: new Date(opening.createdAtMs).toISOString(),
          ...fields
        }
      })
    )
  let refused: string | null = null
  const run = await make(optional(opening, ["name", "config", "tags", "group", "jobType", "notes"])).catch((error) => {
    // A field that is refused must not keep the points from being sent; the spool has it still.
    if (!(error instanceof TransportError) || !isRefusal(error.status)) throw error
    refused = error.message
    return make({})
  })
  const base = opening.resume === "never" ? { baseStep: 0, baseLine: 0 } : await firstFree(transport, run.id)
  return {
    id: run.id,
    entity: run.entity,
    project: run.projectSlug,
    slug: run.slug,
    name: run.name,
    createdAtMs: Date.parse(run.createdAt),
    refused,
    ...base
  }
}

const findProject = async (transport: Transport, opening: SpoolOpening): Promise<string> => {
  const path = `/projects/${encodeURIComponent(`${opening.entity}:${opening.project}`)}`
  try {
    return idOf(await transport.call("GET", path))
  } catch (error) {
    if (!(error instanceof TransportError && error.status === 404)) throw error
  }
  const json = { entity: opening.entity, slug: opening.project, name: opening.projectName }
  try {
    return idOf(await transport.call("POST", "/projects", { json }))
  } catch (error) {
    // Another process made it in between.
    if (!(error instanceof TransportError && error.status === 409)) throw error
    return idOf(await transport.call("GET", path))
  }
}

const firstFree = async (transport: Transport, run: string): Promise<{ baseStep: number; baseLine: number }> => {
  let lastStep = -1
  let cursor: string | null = null
  do {
    const query: string = cursor === null ? "" : `&cursor=${encodeURIComponent(cursor)}`
    const page = await transport.call("GET", `/runs/${run}/metrics?limit=1000${query}`)
    const items = isObject(page) && Array.isArray(page.items) ? (page.items as unknown[]) : []
    for (const item of items) {
      if (!isObject(item) || typeof item.lastStep !== "number") continue
      if (typeof item.key === "string" && item.key.startsWith(systemPrefix)) continue
      lastStep = Math.max(lastStep, item.lastStep)
    }
    cursor = isObject(page) && typeof page.next === "string" ? page.next : null
  } while (cursor !== null)
  const logs = await transport.call("GET", `/runs/${run}/logs?limit=1`)
  const baseLine = isObject(logs) && typeof logs.total === "number" ? logs.total : 0
  return { baseStep: Math.floor(lastStep) + 1, baseLine }
}

const idOf = (value: unknown): string => {
  if (isObject(value) && typeof value.id === "string") return value.id
  throw new TransportError("the answer names no id; is this a wanLLMDB server?", 502)
}

const asRun = (value: unknown): RunJson => {
  if (isObject(value) && ["id", "slug", "entity", "projectSlug"].every((name) => typeof value[name] === "string")) {
    return value as unknown as RunJson
  }
  throw new TransportError("the answer is no run; is this a wanLLMDB server?", 502)
}

const optional = (opening: SpoolOpening, names: ReadonlyArray<keyof SpoolOpening>): Record<string, unknown> =>
  Object.fromEntries(names.filter((name) => opening[name] !== undefined).map((name) => [name, opening[name]]))
