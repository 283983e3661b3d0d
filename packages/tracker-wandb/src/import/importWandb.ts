/** Imports what W&B's client left on disk: offline runs, and online ones too, since both keep the same records. */
import { importRun, type RunReport } from "./importRun.ts"
import { findRunDirectories } from "./runDirectories.ts"
import { WandbServer, type WandbServerOptions } from "./WandbServer.ts"

export interface ImportOptions extends WandbServerOptions {
  /** In place of what the runs say. */
  readonly entity?: string | undefined
  readonly project?: string | undefined
  /** Hears of each run when it is done. */
  readonly onRun?: ((report: RunReport) => void) | undefined
}

/**
 * Sends every run below `folder` to the server, one after the other, and tells of each what came over. Safe to repeat. Rejects
 * only when `folder` cannot be read; a run that cannot be sent says so in its report.
 */
export const importWandb = async (folder: string, options: ImportOptions): Promise<ReadonlyArray<RunReport>> => {
  const server = new WandbServer(options)
  const reports: Array<RunReport> = []
  for (const directories of findRunDirectories(folder)) {
    const report = await importRun(directories, { server, entity: options.entity, project: options.project })
    options.onRun?.(report)
    reports.push(report)
  }
  return reports
}
