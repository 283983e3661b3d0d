/**
 * How far a spool has been delivered, in a small file beside it. It only saves work: without it everything is sent again,
 * and the sequences make that harmless.
 */
import { readFile, rename, writeFile } from "node:fs/promises"

export interface SpoolProgress {
  /** Id of the run on the server. */
  readonly run: string
  readonly url: string
  /** First free step and log line of the run when this process joined it; relative steps count from there. */
  readonly baseStep: number
  readonly baseLine: number
  /** Everything before this offset has been acknowledged. */
  readonly offset: number
}

const isProgress = (value: unknown): value is SpoolProgress => {
  if (typeof value !== "object" || value === null) return false
  const fields = value as Record<string, unknown>
  return (
    typeof fields.run === "string" &&
    typeof fields.url === "string" &&
    ["baseStep", "baseLine", "offset"].every((name) => typeof fields[name] === "number")
  )
}

export const readProgress = async (file: string): Promise<SpoolProgress | null> => {
  try {
    const value: unknown = JSON.parse(await readFile(file, "utf8"))
    return isProgress(value) ? value : null
  } catch {
    return null
  }
}

export const writeProgress = async (file: string, progress: SpoolProgress): Promise<void> => {
  await writeFile(`${file}.new`, JSON.stringify(progress), { mode: 0o600 })
  await rename(`${file}.new`, file)
}
