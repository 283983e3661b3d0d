/** A database path in a folder of its own. */
import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { onTestFinished } from "vitest"

/** The caller removes it. */
export const keptFile = (): { readonly file: string; readonly remove: () => void } => {
  const folder = mkdtempSync(join(tmpdir(), "wanllmdb-"))
  return { file: join(folder, "wanllmdb.db"), remove: () => rmSync(folder, { recursive: true, force: true }) }
}

/** Removed when the test is over. */
export const temporaryFile = (): string => {
  const { file, remove } = keptFile()
  onTestFinished(remove)
  return file
}
