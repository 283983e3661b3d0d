/** `wanllmdb verify`: reads what is stored against its checksums. */
import type { Wanllmdb } from "@wanllmdb/server"
import { CommandFault } from "../output/CommandFault.ts"
import { printRows } from "../output/printRows.ts"
import { type DataFlags, withData } from "./withData.ts"

export const verify = (flags: DataFlags & { readonly run?: string; readonly json?: boolean }): Promise<void> =>
  withData(flags, { make: false }, async (wan) => {
    const runs = flags.run === undefined ? await allRuns(wan) : [await wan.runs.get(flags.run)]
    const rows = []
    for (const run of runs) {
      const report = await wan.metrics.verify(run.id)
      rows.push({
        run: run.id,
        name: run.name,
        frames: report.frames,
        chunks: report.chunks,
        points: report.points,
        faults: report.faults
      })
    }
    const shown = flags.json === true ? rows : rows.map((row) => ({ ...row, faults: row.faults.join("; ") || "none" }))
    const columns = { run: "RUN", name: "NAME", frames: "FRAMES", chunks: "CHUNKS", points: "POINTS", faults: "FAULTS" }
    printRows(shown, columns, { json: flags.json, empty: "No runs." })
    const broken = rows.filter((row) => row.faults.length > 0).length
    if (broken > 0) throw new CommandFault(`${broken} of ${rows.length} runs do not match their checksums`)
  })

const allRuns = async (wan: Wanllmdb) => {
  const runs = []
  let projectCursor: string | undefined
  do {
    const projects = await wan.projects.list({ after: projectCursor })
    for (const project of projects.items) {
      let cursor: string | undefined
      do {
        const page = await wan.runs.search({ project: project.id, limit: 1000, cursor })
        runs.push(...page.items)
        cursor = page.next ?? undefined
      } while (cursor !== undefined)
    }
    projectCursor = projects.next ?? undefined
  } while (projectCursor !== undefined)
  return runs
}
