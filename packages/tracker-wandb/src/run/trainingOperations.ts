/** What a training job calls: it makes its run, asks how far the run has come, rewinds it, sends alerts, obeys a stop. */
import { Effect } from "effect"
import type { Call } from "../call/Call.ts"
import { checkRun, findProject, findRun, neededRun, type RunPlace } from "../call/place.ts"
import { settle } from "../call/settle.ts"
import type { Operations } from "../graphql/Operation.ts"
import type { Variables } from "../graphql/Variables.ts"
import { ClientFault } from "../wire/ClientFault.ts"
import { printExtendedJson } from "../wire/extendedJson.ts"
import { globalId } from "../wire/globalId.ts"
import { keepAlert } from "./alerts.ts"
import { bucketOf, lastRow, lineCount, summaryMetrics } from "./bucket.ts"
import { startConsoleAnew } from "./runDocument.ts"
import { runById, upsertBucket } from "./upsertBucket.ts"

const placeOf = (variables: Variables, name: string): RunPlace => ({
  entity: variables.text("entity") ?? variables.text("entityName"),
  project: variables.text("project") ?? variables.text("projectName"),
  run: variables.neededText(name)
})

/** The last line of a file as the client wrote it; how far it got is all that is read from it. */
const tailOf = Effect.fnUntraced(function* (engine: Call["engine"], run: Parameters<typeof lastRow>[1]) {
  const { lastStep, runtime, timeMs } = yield* lastRow(engine, run)
  if (lastStep === null) return "[]"
  return JSON.stringify([printExtendedJson({ _step: lastStep, _runtime: runtime, _timestamp: timeMs / 1000 })])
})

export const trainingOperations: Operations = {
  UpsertBucket: async (variables, call) => {
    const { inserted, run } = await upsertBucket(variables, call)
    return { upsertBucket: { bucket: await settle(bucketOf(call.engine, run)), inserted } }
  },

  RunResumeStatus: async (variables, call) => {
    const { engine } = call
    const project = await findProject(call, variables.text("entity"), variables.text("project"), "run.create")
    if (project === null) return { model: null }
    const run = await findRun(call, placeOf(variables, "name"), "run.update")
    const entity = { id: globalId("Entity", project.entity), name: project.entity }
    const model = { id: globalId("Project", project.id), name: project.slug, entity }
    if (run === null) return { model: { ...model, bucket: null } }
    const bucket = await settle(
      Effect.gen(function* () {
        const tail = yield* tailOf(engine, run)
        return {
          ...(yield* bucketOf(engine, run)),
          summaryMetrics: yield* summaryMetrics(engine, run),
          logLineCount: (yield* engine.logs.read({ run: run.id, limit: 1 })).total,
          eventsLineCount: yield* lineCount(engine, run, "events"),
          historyTail: tail,
          eventsTail: tail,
          // Telemetry: a run without it counts as never started.
          wandbConfig: JSON.stringify({ t: {} })
        }
      })
    )
    return { model: { ...model, bucket } }
  },

  RewindRun: async (variables, call) => {
    const run = await neededRun(call, placeOf(variables, "runName"), "run.update")
    const metric = variables.text("metricName") ?? "_step"
    if (metric !== "_step") throw new ClientFault(400, 'variables.metricName: must be "_step"')
    const step = variables.number("metricValue")
    if (step === null) throw new ClientFault(400, "variables.metricValue: must be a number, got nothing")
    const rewound = await settle(call.engine.runs.rewind(run.id, step))
    await settle(startConsoleAnew(call.engine, run.id))
    return { rewindRun: { rewoundRun: await settle(bucketOf(call.engine, rewound)) } }
  },

  NotifyScriptableRunAlert: async (variables, call) => {
    const run = await neededRun(call, placeOf(variables, "runName"), "run.update")
    const alert = {
      title: variables.text("title") ?? "",
      text: variables.text("text") ?? "",
      severity: variables.text("severity") ?? "INFO",
      waitNs: variables.number("waitDuration") ?? 0
    }
    await settle(keepAlert(call.engine, run.id, alert))
    return { notifyScriptableRunAlert: { success: true } }
  },

  StopRun: async (variables, call) => {
    const run = await runById(call, variables.neededText("id"))
    await checkRun(call, run, "run.update")
    await settle(call.engine.runs.requestStop(run.id))
    return { stopRun: { success: true } }
  },

  RunStoppedStatus: async (variables, call) => {
    const run = await neededRun(call, placeOf(variables, "runId"), "run.update")
    return { project: { run: { stopped: run.stopRequested } } }
  }
}
