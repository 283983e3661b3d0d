/**
 * Where a spool's copy of a saved file lies. A spool may come from anywhere, and whoever sends it must not hand over other
 * files of this machine: only plain files of the spool's own `files` folder count.
 */
import { lstat, realpath } from "node:fs/promises"
import { basename, join } from "node:path"

/** `stored` as the spool names it: `files/NAME`. Rejects when there is no such plain file. */
export const ownCopy = async (folder: string, stored: string): Promise<string> => {
  const name = basename(stored.replaceAll("\\", "/"))
  const isPlain = ["", ".", ".."].every((odd) => name !== odd) && stored.replaceAll("\\", "/") === `files/${name}`
  if (!isPlain) throw new Error(`"${stored.slice(0, 80)}" is not in the spool's folder of files`)
  const files = join(folder, "files")
  if ((await realpath(files)) !== join(await realpath(folder), "files"))
    throw new Error("its folder of files is a link")
  const path = join(files, name)
  if (!(await lstat(path)).isFile()) throw new Error(`"${stored.slice(0, 80)}" is no plain file`)
  return path
}
