/** What the client captured about machine and code, from its config (`_wandb.e`) and its upsert call. */
import type { GitState, RunEnvironment } from "@wanllmdb/core"
import { isFields, type JsonFields } from "../graphql/Variables.ts"

const text = (fields: JsonFields, name: string): string | undefined => {
  const value = fields[name]
  return typeof value === "string" && value !== "" ? value : undefined
}

const whole = (value: unknown): number | undefined => {
  const number = typeof value === "string" && value !== "" ? Number(value) : value
  return typeof number === "number" && Number.isSafeInteger(number) ? number : undefined
}

/** Entries without a value are left out, as the engine's schema wants them. */
const defined = <A extends object>(fields: { readonly [Key in keyof A]: A[Key] | undefined }): A =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as A

const gitOf = (value: unknown): GitState | undefined => {
  if (!isFields(value)) return undefined
  const git = defined<GitState>({ commit: text(value, "commit"), remote: text(value, "remote") })
  return Object.keys(git).length > 0 ? git : undefined
}

const gpusOf = (fields: JsonFields): ReadonlyArray<string> | undefined => {
  const list = fields.gpu_nvidia ?? fields.gpuNvidia ?? fields.gpu_amd ?? fields.gpuAmd
  if (Array.isArray(list)) {
    return list.flatMap((gpu) => (isFields(gpu) && typeof gpu.name === "string" ? [gpu.name] : []))
  }
  const one = text(fields, "gpu")
  return one === undefined ? undefined : [one]
}

const commandOf = (fields: JsonFields): string | undefined => {
  const program = text(fields, "program") ?? text(fields, "codePath")
  const given: ReadonlyArray<unknown> = Array.isArray(fields.args) ? fields.args : []
  const args = given.filter((arg) => typeof arg === "string")
  return program === undefined ? undefined : [program, ...args].join(" ")
}

/** The first writer's environment; null where the client told none. */
export const readEnvironment = (own: unknown): RunEnvironment | null => {
  if (!isFields(own) || !isFields(own.e)) return null
  const fields = Object.values(own.e).find(isFields)
  if (fields === undefined) return null
  const memory = isFields(fields.memory) ? whole(fields.memory.total) : undefined
  return defined<RunEnvironment>({
    host: text(fields, "host"),
    user: text(fields, "username"),
    os: text(fields, "os"),
    runtime: text(fields, "python") ?? text(own, "python_version"),
    command: commandOf(fields),
    workingDirectory: text(fields, "root"),
    cpu: text(fields, "cpu"),
    cpuCount: whole(fields.cpu_count ?? fields.cpuCount),
    memoryBytes: memory,
    gpus: gpusOf(fields),
    git: gitOf(fields.git)
  })
}
