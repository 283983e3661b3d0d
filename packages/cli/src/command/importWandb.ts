/** `wanllmdb import wandb`: sends what W&B's client left on disk, and says what came over and what did not. Safe to repeat. */
import { existsSync } from "node:fs"
import { resolve } from "node:path"
import { importWandb as importRuns } from "@wanllmdb/tracker-wandb/import"
import { CommandFault } from "../output/CommandFault.ts"
import { printRows } from "../output/printRows.ts"

export interface ImportFlags {
  readonly url?: string
  readonly apiKey?: string
  readonly entity?: string
  readonly project?: string
  readonly json?: boolean
}

export const importWandb = async (directory: string, flags: ImportFlags): Promise<void> => {
  const folder = resolve(directory)
  if (!existsSync(folder)) throw new CommandFault(`there is no folder ${folder}`)
  const reports = await importRuns(folder, {
    url: flags.url ?? process.env.WANLLMDB_URL ?? "http://127.0.0.1:8080",
    apiKey: flags.apiKey ?? process.env.WANLLMDB_API_KEY,
    entity: flags.entity,
    project: flags.project
  })
  const columns = {
    run: "RUN",
    project: "PROJECT",
    rows: "ROWS",
    systemRows: "SYSTEM",
    logLines: "LOG LINES",
    files: "FILES",
    note: "NOTE"
  }
  const rows = reports.map(({ error, warnings, ...report }) => ({
    ...report,
    note: error === null ? (warnings.length === 0 ? "" : `${warnings.length} warnings`) : `failed: ${error}`
  }))
  printRows(flags.json === true ? reports.map((report) => ({ ...report })) : rows, columns, {
    json: flags.json,
    empty: `No W&B runs in ${folder}.`
  })
  if (flags.json !== true) {
    for (const { run, warnings } of reports) for (const warning of warnings) console.log(`${run}: ${warning}`)
  }
  const failed = reports.filter(({ error }) => error !== null).length
  if (failed > 0) throw new CommandFault(`${failed} of ${reports.length} runs could not be imported`)
}
