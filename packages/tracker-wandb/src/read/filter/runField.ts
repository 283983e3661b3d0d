/** What the client calls the fields of a run in filters and orders, as fields of the engine. */
import { metricName } from "../../run/metricName.ts"
import { ClientFault } from "../../wire/ClientFault.ts"

/** Names of the run's own fields, in both spellings that the client's versions use. */
const own: Readonly<Record<string, string>> = {
  commit: "git.commit",
  created_at: "created",
  createdAt: "created",
  description: "notes",
  display_name: "name",
  displayName: "name",
  duration: "duration",
  group: "group",
  // The index holds when a run last changed, not each of its heartbeats.
  heartbeat_at: "updated",
  heartbeatAt: "updated",
  host: "host",
  job_type: "job",
  jobType: "job",
  name: "slug",
  notes: "notes",
  state: "state",
  tag: "tag",
  tags: "tag",
  updated_at: "updated",
  updatedAt: "updated",
  user: "user",
  "user.username": "user",
  username: "user"
}

export const sweepField = "sweep"

const after = (key: string, prefix: string): string | null => (key.startsWith(prefix) ? key.slice(prefix.length) : null)

/** `config.lr.value`, the way configs are stored, and `config.lr` mean the same; names below stand behind `value`. */
const configName = (name: string): string => {
  const at = name.indexOf(".value", 1)
  if (at < 0) return name
  const rest = name.slice(at + ".value".length)
  return rest === "" || rest.startsWith(".") ? name.slice(0, at) + rest : name
}

/** The engine's field; `sweep` stands for itself. A name that means nothing is a fault that names it. */
export const runField = (key: string, path: string): string => {
  if (key === sweepField) return sweepField
  const field = Object.hasOwn(own, key) ? own[key] : undefined
  if (field !== undefined) return field
  const config = after(key, "config.")
  if (config !== null && config !== "") return `config.${configName(config)}`
  const summary = after(key, "summary_metrics.") ?? after(key, "summary.")
  if (summary !== null && summary !== "") return `summary.${metricName(summary)}`
  const logged = after(key, "keys_info.keys.")
  if (logged !== null && logged !== "") return `last(${metricName(logged)})`
  throw new ClientFault(
    400,
    `${path}: "${key.slice(0, 120)}" is no field of runs; use config.NAME, summary_metrics.NAME, tags, state, display_name, name, created_at, group, jobType, sweep or username`
  )
}
