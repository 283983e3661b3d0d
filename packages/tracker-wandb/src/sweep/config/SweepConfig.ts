/** A sweep's config, read and checked as a whole: every rule that is broken is named at once. */
import { isFields, type JsonFields } from "../../graphql/Variables.ts"
import type { Parameter } from "../space/Parameter.ts"
import { SearchSpace } from "../space/SearchSpace.ts"
import { Problems } from "./Problems.ts"
import { readParameters } from "./readParameter.ts"
import { readSweepYaml } from "./sweepYaml.ts"

export type SweepMethod = "grid" | "random"

export interface SweepMetric {
  readonly name: string
  readonly goal: "minimize" | "maximize"
}

export interface SweepConfig {
  readonly method: SweepMethod
  readonly space: SearchSpace
  readonly metric: SweepMetric | null
  /** Null: no end of its own, but that of a grid. */
  readonly runCap: number | null
  readonly program: string
  readonly name: string | null
  readonly description: string | null
  readonly seed: string | null
}

export interface ReadSweepConfig {
  /** Null when the config has errors. */
  readonly config: SweepConfig | null
  readonly problems: Problems
}

const known: ReadonlySet<string> = new Set([
  "apiVersion",
  "command",
  "controller",
  "description",
  "early_terminate",
  "entity",
  "image_uri",
  "job",
  "kind",
  "method",
  "metric",
  "metrics",
  "name",
  "parameters",
  "program",
  "project",
  "run_cap",
  "scheduler",
  "wanllmdb"
])

const texts = ["description", "entity", "image_uri", "job", "name", "program", "project"] as const
const goals: ReadonlySet<unknown> = new Set(["minimize", "maximize"])
/** More cells than anyone means to run. */
const manyCells = 1_000_000

const textIn = (fields: JsonFields, key: string): string | null => {
  const value = fields[key]
  return typeof value === "string" ? value : null
}

const readMethod = ({ method }: JsonFields, problems: Problems): SweepMethod | null => {
  if (method === "grid" || method === "random") return method
  if (method === "bayes") {
    problems.error("method", "bayes is not supported by this version; use random or grid (rule supported)")
  } else if (method === "custom") {
    problems.error("method", "custom is not supported by this version; use random or grid (rule supported)")
  } else problems.error("method", "must be grid or random (rule method)")
  return null
}

const readMetric = ({ metric, metrics }: JsonFields, problems: Problems): SweepMetric | null => {
  if (metrics !== undefined) problems.error("metrics", "search for several goals is not supported; set metric")
  if (metric === undefined || metric === null) return null
  if (!isFields(metric) || typeof metric.name !== "string" || metric.name === "") {
    problems.error("metric", "must have a name, such as { name: loss, goal: minimize } (rule metric)")
    return null
  }
  const { goal = "minimize", name } = metric
  if (!goals.has(goal)) problems.error("metric.goal", "must be minimize or maximize (rule goal)")
  if (metric.target !== undefined) problems.warn("metric.target", "sweeps do not end at a target in this version")
  return { name, goal: goal === "maximize" ? "maximize" : "minimize" }
}

const readRunCap = ({ run_cap: cap }: JsonFields, problems: Problems): number | null => {
  if (cap === undefined || cap === null) return null
  if (typeof cap === "number" && Number.isSafeInteger(cap) && cap > 0) return cap
  problems.error("run_cap", "must be a whole number above 0 (rule run-cap)")
  return null
}

const readSeed = ({ wanllmdb }: JsonFields, problems: Problems): string | null => {
  if (wanllmdb === undefined || wanllmdb === null) return null
  if (!isFields(wanllmdb)) {
    problems.error("wanllmdb", "must be a map (rule wanllmdb)")
    return null
  }
  for (const key of Object.keys(wanllmdb)) {
    if (key !== "seed") problems.error(`wanllmdb.${key.slice(0, 80)}`, "is not supported by this version")
  }
  const { seed } = wanllmdb
  return seed === undefined || seed === null ? null : String(seed).slice(0, 200)
}

const checkCommand = ({ command }: JsonFields, problems: Problems): void => {
  if (command === undefined || command === null) return
  if (Array.isArray(command) && command.every((part) => typeof part === "string" || typeof part === "number")) return
  problems.error("command", "must be a list of texts, such as [python, train.py] (rule command)")
}

const checkIgnored = (fields: JsonFields, problems: Problems): void => {
  for (const key of Object.keys(fields)) {
    if (!known.has(key)) problems.error(key.slice(0, 80), "is no key of sweeps (rule known-key)")
  }
  for (const key of texts) {
    const value = fields[key]
    if (value !== undefined && value !== null && typeof value !== "string") {
      problems.error(key, "must be a text (rule text)")
    }
  }
  if (fields.early_terminate !== undefined && fields.early_terminate !== null) {
    problems.warn("early_terminate", "runs are not stopped early by this version; every run goes to its end")
  }
  for (const key of ["job", "image_uri"]) if (fields[key] !== undefined) problems.warn(key, "is kept but not used")
  if (fields.scheduler !== undefined) problems.error("scheduler", "the server is the scheduler; leave it out")
  if (isFields(fields.controller) && fields.controller.type === "local") {
    problems.error("controller", "the server is the controller; leave it out")
  }
}

const readSpace = (
  fields: JsonFields,
  method: SweepMethod | null,
  floats: ReadonlySet<string>,
  problems: Problems
): SearchSpace | null => {
  const parameters: ReadonlyArray<readonly [string, Parameter]> | null = readParameters(
    fields.parameters,
    ["parameters"],
    { floats, problems, count: 0 }
  )
  if (parameters === null) return null
  const space = new SearchSpace(parameters)
  if (method === "grid") {
    for (const path of space.uncountable.slice(0, 20)) {
      problems.error(
        `parameters.${path}`,
        "a grid cannot list it. Give values, whole min and max, or q_uniform with q (rule grid-discrete)"
      )
    }
    if (space.cells > manyCells) problems.warn("parameters", `the grid has ${space.cells} cells`)
  }
  return space
}

/** `text` is YAML or JSON. */
export const readSweepConfig = (text: string): ReadSweepConfig => {
  const problems = new Problems()
  let yaml: ReturnType<typeof readSweepYaml>
  try {
    yaml = readSweepYaml(text)
  } catch (error) {
    problems.error("config", error instanceof Error ? error.message : "cannot be read")
    return { config: null, problems }
  }
  const fields = yaml.value
  if (!isFields(fields)) {
    problems.error("config", "must be a map (rule config)")
    return { config: null, problems }
  }
  const method = readMethod(fields, problems)
  checkIgnored(fields, problems)
  checkCommand(fields, problems)
  const metric = readMetric(fields, problems)
  const runCap = readRunCap(fields, problems)
  const seed = readSeed(fields, problems)
  const space = readSpace(fields, method, yaml.floats, problems)
  if (problems.errors.length > 0 || method === null || space === null) return { config: null, problems }
  return {
    config: {
      method,
      space,
      metric,
      runCap,
      seed,
      program: textIn(fields, "program") ?? "",
      name: textIn(fields, "name"),
      description: textIn(fields, "description")
    },
    problems
  }
}

/** Configs that were read lately: each heartbeat of an agent needs the same few. */
const recent = new Map<string, SweepConfig>()
const mostRecent = 200

/** Of a config that was accepted before. */
export const acceptedConfig = (text: string): SweepConfig => {
  const present = recent.get(text)
  if (present !== undefined) return present
  const { config, problems } = readSweepConfig(text)
  if (config === null) throw new Error(`a kept sweep has a config that cannot be read: ${problems.errors[0]?.message}`)
  if (recent.size >= mostRecent) recent.delete(recent.keys().next().value ?? "")
  recent.set(text, config)
  return config
}
