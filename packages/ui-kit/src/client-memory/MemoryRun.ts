/** One run of a memory client: its record, its points as plain arrays, its log lines and files. */
import type { LogLineJson, MetricKeyJson, RunJson } from "@wanllmdb/core/client"
import type { FixtureRun } from "./Fixtures.ts"

export interface MemorySeries {
  readonly steps: Array<number>
  readonly timesMs: Array<number>
  readonly values: Array<number>
}

export interface MemoryRun {
  run: RunJson
  readonly series: Map<string, MemorySeries>
  readonly logs: Array<LogLineJson>
  readonly files: Map<string, { readonly body: Blob; readonly updatedAt: string }>
}

let made = 0

/** 32 hex digits in order of creation. */
export const memoryId = (): string => (++made).toString(16).padStart(32, "0")

export const newMemoryRun = (
  project: { readonly id: string; readonly entity: string; readonly slug: string },
  fixture: FixtureRun
): MemoryRun => {
  const { metrics, logs, files, ...fields } = fixture
  const createdAt = fields.createdAt ?? new Date().toISOString()
  const run: RunJson = {
    id: memoryId(),
    project: project.id,
    entity: project.entity,
    projectSlug: project.slug,
    name: fields.slug,
    state: "running",
    tags: [],
    group: null,
    jobType: null,
    user: null,
    host: null,
    createdAt,
    updatedAt: createdAt,
    heartbeatAt: null,
    finishedAt: null,
    durationMs: 0,
    deletedAt: null,
    rev: 1,
    notes: "",
    config: {},
    configVersion: 1,
    summary: {},
    environment: null,
    exitCode: null,
    stopRequested: false,
    segment: 0,
    parent: null,
    ...fields
  }
  const start = Date.parse(createdAt)
  const series = new Map<string, MemorySeries>()
  for (const [key, given] of Object.entries(metrics ?? {})) {
    series.set(key, {
      steps: [...given.steps],
      timesMs: given.timesMs === undefined ? given.steps.map((step) => start + step * 1000) : [...given.timesMs],
      values: [...given.values]
    })
  }
  return {
    run,
    series,
    logs: (logs ?? []).map((line, index) => ({
      line: index,
      timeMs: start + index * 1000,
      level: null,
      stream: "stdout",
      process: "",
      ...line,
      index
    })),
    files: new Map(
      Object.entries(files ?? {}).map(([path, text]) => [path, { body: new Blob([text]), updatedAt: createdAt }])
    )
  }
}

/** JSON has no non-finite numbers: they travel as strings. */
export const wireNumber = (value: number): number | string => (Number.isFinite(value) ? value : String(value))

export const keySummary = (key: string, { steps, timesMs, values }: MemorySeries): MetricKeyJson => {
  let [min, max, minStep, maxStep, sum, finite] = [Infinity, -Infinity, NaN, NaN, 0, 0]
  for (let at = 0; at < values.length; at++) {
    const value = values[at]!
    if (!Number.isFinite(value)) continue
    finite++
    sum += value
    if (value < min) [min, minStep] = [value, steps[at]!]
    if (value > max) [max, maxStep] = [value, steps[at]!]
  }
  const none = finite === 0
  return {
    key,
    kind: "number",
    count: values.length,
    firstStep: steps[0] ?? 0,
    lastStep: steps.at(-1) ?? 0,
    firstTimeMs: timesMs[0] ?? 0,
    lastTimeMs: timesMs.at(-1) ?? 0,
    last: values.length === 0 ? null : wireNumber(values.at(-1)!),
    min: none ? null : min,
    max: none ? null : max,
    mean: none ? null : sum / finite,
    minStep: none ? null : minStep,
    maxStep: none ? null : maxStep,
    nan: values.filter(Number.isNaN).length,
    posInf: values.filter((value) => value === Infinity).length,
    negInf: values.filter((value) => value === -Infinity).length,
    definition: null
  }
}
