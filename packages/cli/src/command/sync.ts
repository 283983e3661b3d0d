/** `wanllmdb sync`: sends offline runs, and what crashed ones left. Safe to repeat. */
import { existsSync } from "node:fs"
import { resolve } from "node:path"
import { syncDirectory } from "@wanllmdb/tracker-node"
import { CommandFault } from "../output/CommandFault.ts"
import { printRows } from "../output/printRows.ts"

export interface SyncFlags {
  readonly url?: string
  readonly apiKey?: string
  readonly clean?: boolean
  readonly json?: boolean
}

export const sync = async (directory: string | undefined, flags: SyncFlags): Promise<void> => {
  const folder = resolve(directory ?? process.env.WANLLMDB_DIR ?? "wanllmdb")
  if (!existsSync(folder)) throw new CommandFault(`there is no folder ${folder}`)
  const report = await syncDirectory(folder, {
    url: flags.url ?? process.env.WANLLMDB_URL,
    apiKey: flags.apiKey ?? process.env.WANLLMDB_API_KEY,
    clean: flags.clean
  })
  const rows = report.spools.map((spool) => ({ ...spool, note: noteOf(spool) }))
  const columns = {
    run: "RUN",
    project: "PROJECT",
    outcome: "OUTCOME",
    batches: "BATCHES",
    points: "POINTS",
    lines: "LINES",
    note: "NOTE"
  }
  printRows(flags.json === true ? report.spools.map((spool) => ({ ...spool })) : rows, columns, {
    json: flags.json,
    empty: `No runs in ${folder}.`
  })
  if (report.failed > 0) throw new CommandFault(`${report.failed} of ${report.spools.length} runs could not be sent`)
}

const noteOf = (spool: {
  readonly error: string | null
  readonly url: string | null
  readonly tornBytes: number
  readonly unreadable: number
}): string =>
  [
    spool.error,
    spool.tornBytes > 0 ? `${spool.tornBytes} bytes behind the last whole record were left out` : null,
    spool.unreadable > 0 ? `${spool.unreadable} records of another version were left out` : null,
    spool.error === null ? spool.url : null
  ]
    .filter((part) => part !== null)
    .join("; ")
