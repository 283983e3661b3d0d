/** Starts a run. Returns at once, whether or not there is a server. */
import { type CaptureOptions, captureEnvironment, captureHost } from "../environment/captureEnvironment.ts"
import { captureConsole } from "../log/captureConsole.ts"
import { LineLog } from "../log/LineLog.ts"
import { PointLog } from "../point/PointLog.ts"
import { Courier } from "../send/Courier.ts"
import { Sender } from "../send/Sender.ts"
import { Transport } from "../send/Transport.ts"
import { RecordType } from "../spool/SpoolRecord.ts"
import { SystemMonitor } from "../system/SystemMonitor.ts"
import { finishOnExit, forgetRun } from "./exitHandlers.ts"
import { Heartbeat } from "./Heartbeat.ts"
import { batchMs, openSpool } from "./openSpool.ts"
import { Reporter } from "./Reporter.ts"
import { Run } from "./Run.ts"
import { RunParts } from "./RunParts.ts"
import { type InitOptions, resolveSettings, type Settings } from "./Settings.ts"

export const init = (options: InitOptions = {}): Run => {
  const reporter = new Reporter(options.onMessage)
  const settings = resolveSettings(options)
  for (const fault of settings.faults) reporter.warn(`init: ${fault}`)
  const stop = new AbortController()
  let run: Run | null = null
  const onEnd = (): void => {
    if (run !== null) forgetRun(run)
  }
  let parts: RunParts | null = null
  if (settings.mode !== "disabled") {
    try {
      parts = startParts(settings, options, reporter, stop, onEnd)
    } catch (error) {
      reporter.warn(`nothing is recorded: ${error instanceof Error ? error.message : String(error)}`)
    }
  }
  const { slug, project, entity } = settings
  run = new Run({ slug, project, entity, config: options.config, stopSignal: stop.signal, parts, reporter })
  if (parts !== null && options.finishOnExit === true) finishOnExit(run)
  return run
}

const startParts = (
  settings: Settings,
  options: InitOptions,
  reporter: Reporter,
  stop: AbortController,
  onEnd: () => void
): RunParts => {
  let sender: Sender | null = null
  const spool = openSpool(settings, options, {
    onError: (error) => reporter.warn(`the spool cannot be written: ${String(error)}`, "spool"),
    onCut: () => sender?.notify(),
    onFault: (fault) => reporter.warn(`init: ${fault}`)
  })
  const { writer, lock, opening, file, progressFile } = spool
  const points = new PointLog(writer, settings.resume !== "never", (key, rule) =>
    reporter.warn(`metric "${key}": ${rule}`, `metric ${rule.slice(0, 20)} ${key}`)
  )
  const lines = new LineLog(writer, settings.process)
  const transport = new Transport({ url: settings.url, apiKey: settings.apiKey, fetch: options.fetch })
  let startedAtMs = opening.createdAtMs
  let courier: Courier | null = null
  let heartbeat: Heartbeat | null = null
  if (settings.mode === "online") {
    heartbeat = new Heartbeat(transport, () => {
      if (stop.signal.aborted) return
      reporter.info("someone asked this run to stop")
      stop.abort(new Error("someone asked this run to stop"))
      options.onStop?.()
    })
    courier = new Courier({
      transport,
      opening,
      file,
      progressFile,
      onRefused: (message) => reporter.warn(`refused: ${message}`, `refused ${message.slice(0, 60)}`)
    })
    sender = new Sender(
      {
        courier,
        writer,
        onOpened: (run) => {
          startedAtMs = run.createdAtMs
          heartbeat?.start(run.id)
          reporter.forget("server")
          reporter.info(`run ${run.name} at ${transport.url}/${run.entity}/${run.project}/runs/${run.slug}`)
        },
        onTrouble: (message) =>
          reporter.warn(`${message}; the run goes on and its data is kept in ${spool.folder}`, "server")
      },
      batchMs(options)
    )
    writer.cut()
    sender.start()
  }
  const touch = setInterval(() => lock.touch(), 10_000)
  touch.unref()
  const releaseConsole =
    options.captureConsole === false ? () => {} : captureConsole((stream, text) => lines.write(stream, text))
  const monitor = startMonitor(settings, options, (values, atMs) =>
    points.logApart(values, (atMs - startedAtMs) / 1000, atMs)
  )
  const capture = captureInto(options, (environment) =>
    writer.json(RecordType.operation, { op: "patch", value: { environment } })
  )
  return new RunParts({
    spool,
    points,
    lines,
    transport,
    courier,
    sender,
    heartbeat,
    monitor,
    primary: settings.primary,
    finishTimeoutMs: options.finishTimeoutMs ?? 30_000,
    reporter,
    capture,
    releaseConsole: () => {
      clearInterval(touch)
      releaseConsole()
      onEnd()
    }
  })
}

const startMonitor = (
  settings: Settings,
  options: InitOptions,
  onValues: (values: Record<string, number>, atMs: number) => void
): SystemMonitor | null => {
  const seconds = options.systemMetrics ?? 10
  if (typeof seconds !== "number" || !(seconds > 0)) return null
  const monitor = new SystemMonitor({
    intervalMs: Math.max(100, seconds * 1000),
    machine: settings.primary,
    label: settings.process,
    onValues
  })
  monitor.start()
  return monitor
}

// The machine is told at once; git and packages take a moment and follow.
const captureInto = async (options: InitOptions, onEnvironment: (environment: unknown) => void): Promise<void> => {
  const capture: CaptureOptions = {
    directory: process.cwd(),
    git: options.git !== false,
    diff: options.git !== "no-diff",
    packages: options.packages !== false,
    command: options.command !== false,
    variables: (options.variables ?? []).filter((name) => typeof name === "string")
  }
  try {
    onEnvironment(captureHost(capture))
    onEnvironment(await captureEnvironment(capture))
  } catch {
    // A run without an environment is still a run.
  }
}
