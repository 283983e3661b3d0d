/** A database path in a folder of its own, removed when the test is over. */
import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { onTestFinished } from "vitest"

export const temporaryFile = (): string => {
  const folder = mkdtempSync(join(tmpdir(), "wanllmdb-"))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  return join(folder, "wanllmdb.db")
}
