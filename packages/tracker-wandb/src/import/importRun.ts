/** Sends the directories of one run. Rows keep the numbers that a live client would have given them, so it is safe to repeat. */
import { readdirSync } from "node:fs"
import { join } from "node:path"
import { type LogFaults, readLog } from "./logBlocks.ts"
import { type RunHead, RunRecords } from "./RunRecords.ts"
import type { RunDirectory } from "./runDirectories.ts"
import type { RunAddress, WandbServer } from "./WandbServer.ts"

/** What of a run came over, and what did not. */
export interface RunReport {
  readonly run: string
  readonly project: string
  readonly directories: number
  readonly rows: number
  readonly systemRows: number
  readonly logLines: number
  readonly files: number
  /** Each says what is missing or odd, and why. */
  readonly warnings: ReadonlyArray<string>
  /** Why the run could not be sent; null when it was. */
  readonly error: string | null
}

export interface ImportTarget {
  readonly server: WandbServer
  /** In place of what the run says. */
  readonly entity?: string | undefined
  readonly project?: string | undefined
}

/** Characters of lines that go in one call. */
const callCharacters = 4 * 1024 * 1024

interface Lines {
  readonly name: string
  /** Number of the first of `waiting`. */
  offset: number
  waiting: Array<string>
}

/** Collects the numbered lines of a run and sends them in calls of a few megabytes. */
class LineSender {
  readonly #server: WandbServer
  readonly #address: RunAddress
  readonly #history: Lines = { name: "wandb-history.jsonl", offset: 0, waiting: [] }
  readonly #events: Lines = { name: "wandb-events.jsonl", offset: 0, waiting: [] }
  readonly #console = new Map<number, string>()
  #characters = 0

  constructor(server: WandbServer, address: RunAddress) {
    this.#server = server
    this.#address = address
  }

  add(file: "history" | "events", line: string): void {
    const lines = file === "history" ? this.#history : this.#events
    lines.waiting.push(line)
    this.#characters += line.length
  }

  setConsole(line: number, text: string): void {
    this.#console.set(line, text)
    this.#characters += text.length
  }

  get isFull(): boolean {
    return this.#characters >= callCharacters
  }

  async flush(): Promise<void> {
    const files: Record<string, unknown> = {}
    for (const lines of [this.#history, this.#events]) {
      if (lines.waiting.length === 0) continue
      files[lines.name] = { offset: lines.offset, content: lines.waiting }
      lines.offset += lines.waiting.length
      lines.waiting = []
    }
    this.#characters = 0
    if (Object.keys(files).length > 0) await this.#server.stream(this.#address, { files })
    for (const part of consecutive(this.#console)) {
      await this.#server.stream(this.#address, { files: { "output.log": part } })
    }
    this.#console.clear()
  }
}

/** Changed lines as stretches of consecutive numbers. */
function* consecutive(lines: ReadonlyMap<number, string>): Generator<{ offset: number; content: Array<string> }> {
  let part: { offset: number; content: Array<string> } | null = null
  for (const [number, text] of [...lines].sort(([a], [b]) => a - b)) {
    if (part !== null && part.offset + part.content.length === number) part.content.push(text)
    else {
      if (part !== null) yield part
      part = { offset: number, content: [text] }
    }
  }
  if (part !== null) yield part
}

const upsertOf = (head: RunHead, address: RunAddress, config: string) => ({
  name: address.run,
  entity: address.entity,
  project: address.project,
  displayName: head.displayName || null,
  groupName: head.group || null,
  jobType: head.jobType || null,
  notes: head.notes || null,
  tags: head.tags,
  host: head.host || null,
  commit: head.commit || null,
  repo: head.remote || null,
  sweep: head.sweep || null,
  config
})

/** Reads a directory once for what stands before and after its rows: nothing is sent yet. */
const survey = (directory: RunDirectory, warnings: Array<string>): RunRecords => {
  const faults: LogFaults = { damaged: 0, tornBytes: 0 }
  const records = new RunRecords({ history() {}, event() {}, console() {} })
  for (const record of readLog(directory.log, faults)) records.take(record)
  if (faults.damaged > 0) warnings.push(`${directory.log}: ${faults.damaged} damaged parts were passed over`)
  if (faults.tornBytes > 0) warnings.push(`${directory.log}: ${faults.tornBytes} bytes behind the last whole record`)
  const { alerts, artifacts, unreadable } = records.counts
  if (unreadable > 0) warnings.push(`${directory.log}: ${unreadable} records could not be read`)
  if (artifacts > 0) warnings.push(`${directory.log}: ${artifacts} artifact records were not imported`)
  if (alerts > 0) warnings.push(`${directory.log}: ${alerts} alerts were not imported`)
  return records
}

const filesBelow = (folder: string, prefix = ""): ReadonlyArray<string> => {
  let entries: ReturnType<typeof list>
  try {
    entries = list(folder)
  } catch {
    return []
  }
  return entries.flatMap((entry) => {
    if (entry.isDirectory()) return filesBelow(join(folder, entry.name), `${prefix}${entry.name}/`)
    return entry.isFile() ? [prefix + entry.name] : []
  })
}

const list = (folder: string) => readdirSync(folder, { withFileTypes: true })

export const importRun = async (directories: ReadonlyArray<RunDirectory>, target: ImportTarget): Promise<RunReport> => {
  const warnings: Array<string> = []
  const counts = { rows: 0, systemRows: 0, logLines: 0, files: 0 }
  const run = directories[0]?.id ?? ""
  let project = target.project ?? ""
  const report = (error: string | null): RunReport => ({
    run,
    project,
    directories: directories.length,
    ...counts,
    warnings,
    error
  })
  try {
    let sender: LineSender | null = null
    let exitCode: number | null = null
    let consoleBase = 0
    for (const directory of directories) {
      const records = survey(directory, warnings)
      const { head } = records
      if (head === null) {
        warnings.push(`${directory.log}: has no record of its run and was left out`)
        continue
      }
      const address: RunAddress = {
        entity: target.entity ?? (head.entity || "local"),
        project: target.project ?? (head.project || "uncategorized"),
        run: head.id || run
      }
      project = address.project
      await target.server.operation("UpsertBucket", upsertOf(head, address, records.configDocument()))
      // One sender for all directories: a resumed run's rows go on counting.
      sender ??= new LineSender(target.server, address)
      await sendLines(directory, sender, consoleBase)
      consoleBase += records.counts.console
      counts.rows += records.counts.history
      counts.systemRows += records.counts.events
      counts.logLines += records.counts.console
      const summary = records.summaryLine()
      if (summary !== null) {
        await target.server.stream(address, { files: { "wandb-summary.json": { offset: 0, content: [summary] } } })
      }
      counts.files += await sendFiles(directory, target.server, address, warnings)
      exitCode = records.exitCode
      if (exitCode !== null) await target.server.stream(address, { complete: true, exitcode: exitCode })
    }
    if (exitCode === null)
      warnings.push("the last directory has no end: the run counts as crashed when it stays silent")
    return report(null)
  } catch (error) {
    return report(error instanceof Error ? error.message : String(error))
  }
}

const sendLines = async (directory: RunDirectory, sender: LineSender, consoleBase: number): Promise<void> => {
  const records = new RunRecords({
    history: (line) => sender.add("history", line),
    event: (line) => sender.add("events", line),
    console: (line, text) => sender.setConsole(consoleBase + line, text)
  })
  for (const record of readLog(directory.log, { damaged: 0, tornBytes: 0 })) {
    records.take(record)
    if (sender.isFull) await sender.flush()
  }
  await sender.flush()
}

const sendFiles = async (
  directory: RunDirectory,
  server: WandbServer,
  address: RunAddress,
  warnings: Array<string>
): Promise<number> => {
  const folder = join(directory.path, "files")
  let sent = 0
  for (const name of filesBelow(folder)) {
    try {
      await server.putFile(address, name, join(folder, name))
      sent++
    } catch (error) {
      warnings.push(`${name}: ${error instanceof Error ? error.message : String(error)}`)
    }
  }
  return sent
}
