/** Names of the files of one writer in a run's spool folder. */
import { join } from "node:path"

export const spoolFiles = (folder: string, writer: string) => ({
  file: join(folder, `${writer}.spool`),
  progressFile: join(folder, `${writer}.sent`),
  lockFile: join(folder, `${writer}.lock`)
})
