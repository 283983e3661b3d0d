/** The history of a run for the public API: page by page, sampled, and the samples of the machine. */
import type { KeySummary, Run } from "@wanllmdb/core"
import { Effect } from "effect"
import type { Call } from "../../call/Call.ts"
import { settle } from "../../call/settle.ts"
import type { Operation, Operations } from "../../graphql/Operation.ts"
import { isFields, type JsonFields, type Variables } from "../../graphql/Variables.ts"
import { clientName, isSystemMetric, metricName } from "../../run/metricName.ts"
import { badField, ClientFault } from "../../wire/ClientFault.ts"
import { parseExtendedJson } from "../../wire/extendedJson.ts"
import { toJson } from "../../wire/toJson.ts"
import { readRun } from "../readPlace.ts"
import { allKeys, historyKeys } from "../runNode.ts"
import { nameText, newRow, rowText, runtimeKey, valueText } from "./rowText.ts"
import { type SampledRow, sampledRows } from "./sampledRows.ts"
import { type StepWindow, windowRows } from "./windowRows.ts"

const mostSamples = 10_000
const mostSpecs = 20
/** What stands with every point and is no series of its own. */
const built: ReadonlySet<string> = new Set(["_step", "_timestamp"])

const rowKeys = (keys: ReadonlyArray<KeySummary>) => keys.filter(({ key }) => !isSystemMetric(key))

const asText = (run: Run, row: SampledRow): string => {
  const built = newRow(row.step, row.timeMs)
  for (const [key, value] of row.values) {
    built.entries.push(nameText(key) + valueText(value))
    if (key === runtimeKey) built.hasRuntime = true
  }
  return rowText(built, { startedAt: run.createdAt })
}

const historyPage = Effect.fnUntraced(function* (engine: Call["engine"], run: Run, window: StepWindow) {
  const rows = yield* windowRows(engine, run, rowKeys(yield* allKeys(engine, run)), window)
  return rows.map((row) => rowText(row, { startedAt: run.createdAt }))
})

const sampledLines = Effect.fnUntraced(function* (
  engine: Call["engine"],
  run: Run,
  stream: "history" | "events",
  samples: number
) {
  const all = yield* allKeys(engine, run)
  const keys = all.filter(({ key }) => isSystemMetric(key) === (stream === "events"))
  const rows = yield* sampledRows(engine, { run, keys, samples, complete: false })
  return rows.map((row) => asText(run, row))
})

interface HistorySpec {
  readonly keys: ReadonlyArray<string>
  readonly samples: number
  readonly window: StepWindow | undefined
}

const readSpec = (text: string, path: string): HistorySpec => {
  let spec: unknown
  try {
    spec = parseExtendedJson(text)
  } catch {
    throw badField(path, "a text that holds JSON", text)
  }
  if (!isFields(spec)) throw badField(path, "an object", spec)
  const { keys = [], samples = 500 } = spec
  if (!Array.isArray(keys) || !keys.every((key) => typeof key === "string")) {
    throw badField(`${path}.keys`, "a list of texts", keys)
  }
  if (typeof samples !== "number" || !(samples >= 0)) throw badField(`${path}.samples`, "a number", samples)
  return { keys, samples: Math.min(Math.floor(samples), mostSamples), window: windowIn(spec, path) }
}

const windowIn = ({ maxStep, minStep }: JsonFields, path: string): StepWindow | undefined => {
  if (maxStep === undefined && minStep === undefined) return undefined
  const from = minStep ?? Number.MIN_SAFE_INTEGER
  const to = maxStep ?? Number.MAX_SAFE_INTEGER
  if (typeof from !== "number") throw badField(`${path}.minStep`, "a number", from)
  if (typeof to !== "number") throw badField(`${path}.maxStep`, "a number", to)
  return { from, to }
}

/** One list of objects per spec. Rows have every key of their spec; numbers that JSON lacks are texts. */
const sampled = Effect.fnUntraced(function* (engine: Call["engine"], run: Run, specs: ReadonlyArray<HistorySpec>) {
  const all = new Map((yield* allKeys(engine, run)).map((key) => [key.key, key]))
  return yield* Effect.forEach(specs, ({ keys, samples, window }) =>
    Effect.gen(function* () {
      const names = keys.map(metricName)
      const wanted = names.filter((name) => !built.has(name) && !(name === runtimeKey && !all.has(name)))
      const series = wanted.flatMap((name) => all.get(name) ?? [])
      if (series.length < wanted.length) return []
      // Nothing but step and time: every row has those.
      const isBare = series.length === 0
      const of = isBare ? rowKeys([...all.values()]) : series
      const rows = yield* sampledRows(engine, { run, keys: of, samples, window, complete: !isBare })
      return rows.map(({ step, timeMs, values }) =>
        Object.fromEntries(
          names.map((name) => [
            clientName(name),
            name === "_step"
              ? step
              : name === "_timestamp"
                ? timeMs / 1000
                : name === runtimeKey && !values.has(name)
                  ? (timeMs - run.createdAt) / 1000
                  : toJson(values.get(name))
          ])
        )
      )
    })
  )
})

export const sampledHistory = (engine: Call["engine"], run: Run, specs: ReadonlyArray<string>, path: string) => {
  if (specs.length > mostSpecs) throw new ClientFault(400, `${path}: must be at most ${mostSpecs} specs`)
  return sampled(
    engine,
    run,
    specs.map((spec, index) => readSpec(spec, `${path}[${index}]`))
  )
}

const ofRun =
  (
    name: string,
    answer: (run: Run, variables: Variables, call: Call, document: string) => Promise<object>
  ): Operation =>
  async (variables, call, document) => {
    const run = await readRun(variables, call, name)
    return { project: { run: run === null ? null : await answer(run, variables, call, document) } }
  }

const neededNumber = (variables: Variables, name: string): number => {
  const value = variables.number(name)
  if (value === null) throw badField(`variables.${name}`, "a number", value)
  return value
}

const samplesIn = (variables: Variables): number => variables.count("samples", 500, mostSamples)

export const historyOperations: Operations = {
  HistoryPage: ofRun("run", async (run, variables, { engine }) => ({
    history: await settle(
      historyPage(engine, run, { from: neededNumber(variables, "minStep"), to: neededNumber(variables, "maxStep") })
    )
  })),

  SampledHistoryPage: ofRun("run", async (run, variables, { engine }) => ({
    sampledHistory: await settle(sampledHistory(engine, run, [variables.neededText("spec")], "variables.spec"))
  })),

  RunSampledHistory: ofRun("name", async (run, variables, { engine }) => ({
    sampledHistory: await settle(sampledHistory(engine, run, variables.texts("specs") ?? [], "variables.specs"))
  })),

  RunFullHistory: ofRun("name", async (run, variables, { engine }, document) => {
    const samples = samplesIn(variables)
    return /\bevents\s*\(/.test(document)
      ? { events: await settle(sampledLines(engine, run, "events", samples)) }
      : { history: await settle(sampledLines(engine, run, "history", samples)) }
  }),

  RunHistoryKeys: ofRun("name", async (run, _, { engine }) => ({
    historyKeys: historyKeys(await settle(allKeys(engine, run)))
  })),

  // Nothing is exported to Parquet; the client then reads pages.
  RunParquetHistory: ofRun("runName", async () => ({ parquetHistory: { parquetUrls: [], liveData: [] } }))
}
