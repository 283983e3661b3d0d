/** Finds the run directories of W&B below a folder and puts those of one run together: a resumed run has several. */
import { readdirSync, statSync } from "node:fs"
import { basename, join } from "node:path"

export interface RunDirectory {
  readonly path: string
  /** The `.wandb` file. */
  readonly log: string
  /** From the directory's name, or its `.wandb` file's. */
  readonly id: string
  /** `YYYYMMDD_HHMMSS`, for order. */
  readonly started: string
}

const directoryForm = /^(?:offline-)?run-(\d{8}_\d{6})-(.+)$/

/** How deep below the folder run directories are looked for. */
const maxDepth = 6

const runDirectoryOf = (path: string): RunDirectory | null => {
  const match = directoryForm.exec(basename(path))
  if (match === null) return null
  const [, started = "", id = ""] = match
  const log = readdirSync(path).find((name) => name.endsWith(".wandb"))
  return log === undefined ? null : { path, log: join(path, log), id, started }
}

const search = (path: string, depth: number): ReadonlyArray<RunDirectory> => {
  const own = runDirectoryOf(path)
  if (own !== null) return [own]
  if (depth === 0) return []
  // Links are not followed: `latest-run` names a directory that is found anyway.
  return readdirSync(path, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && entry.name !== "node_modules")
    .flatMap((entry) => search(join(path, entry.name), depth - 1))
}

/** One list for each run, its directories in order of their start. Throws where `folder` is none. */
export const findRunDirectories = (folder: string): ReadonlyArray<ReadonlyArray<RunDirectory>> => {
  if (!statSync(folder).isDirectory()) throw new Error(`${folder} is no folder`)
  const byRun = new Map<string, Array<RunDirectory>>()
  for (const directory of search(folder, maxDepth)) {
    const directories = byRun.get(directory.id)
    if (directories === undefined) byRun.set(directory.id, [directory])
    else directories.push(directory)
  }
  return [...byRun.values()].map((directories) => directories.sort((a, b) => (a.started < b.started ? -1 : 1)))
}
