/** The limit of the disk: the same bytes written to a file, with one sync a batch. */
import { closeSync, fdatasyncSync, openSync, writeSync } from "node:fs"

/** Seconds that it takes. */
export const rawSyncSeconds = (file: string, batches: ReadonlyArray<Uint8Array>): number => {
  const fd = openSync(file, "w")
  const start = performance.now()
  for (const bytes of batches) {
    writeSync(fd, bytes)
    fdatasyncSync(fd)
  }
  const seconds = (performance.now() - start) / 1000
  closeSync(fd)
  return seconds
}
