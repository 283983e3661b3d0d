/** Makes the spool of a new run: its folder, its lock and the opening record. */
import { randomBytes } from "node:crypto"
import { mkdirSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import type { SpoolOpening } from "../spool/SpoolContent.ts"
import { SpoolLock } from "../spool/SpoolLock.ts"
import { RecordType } from "../spool/SpoolRecord.ts"
import { SpoolWriter } from "../spool/SpoolWriter.ts"
import { spoolFiles } from "../spool/spoolFiles.ts"
import type { InitOptions, Settings } from "./Settings.ts"
import { startFields } from "./startFields.ts"

export interface Spool {
  readonly writer: SpoolWriter
  readonly lock: SpoolLock
  readonly opening: SpoolOpening
  readonly folder: string
  readonly file: string
  readonly progressFile: string
}

/** A batch is cut at this size, and, offline, only there: nobody is waiting for it. */
const cutBytes = 512 * 1024
const offlineCutMs = 60_000

export const openSpool = (
  settings: Settings,
  options: InitOptions,
  hooks: {
    readonly onError: (error: unknown) => void
    readonly onCut: () => void
    /** Hears what was wrong with the options and has been put right. */
    readonly onFault: (fault: string) => void
  }
): Spool => {
  const folder = join(settings.dir, settings.slug)
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  ignoreInGit(settings.dir)
  const id = randomBytes(16).toString("hex")
  const { file, progressFile, lockFile } = spoolFiles(folder, id)
  const lock = SpoolLock.take(lockFile)
  if (lock === null) throw new Error(`the spool ${file} is in use`)
  const writer = new SpoolWriter({
    file,
    cutAfterMs: settings.mode === "offline" ? offlineCutMs : batchMs(options),
    cutBytes,
    onError: hooks.onError,
    onCut: hooks.onCut
  })
  const opening: SpoolOpening = {
    format: 1,
    writer: id,
    entity: settings.entity,
    project: settings.project,
    projectName: settings.projectName,
    slug: settings.slug,
    resume: settings.resume,
    process: settings.process,
    url: settings.url,
    createdAtMs: Date.now(),
    ...startFields(options, hooks.onFault)
  }
  writer.json(RecordType.opening, opening)
  return { writer, lock, opening, folder, file, progressFile }
}

export const batchMs = (options: InitOptions): number => {
  const asked = options.batchMs
  return typeof asked === "number" && asked >= 1 && asked <= 60_000 ? asked : 250
}

// Spools hold a project's numbers; they should not be committed by accident.
const ignoreInGit = (dir: string): void => {
  try {
    writeFileSync(join(dir, ".gitignore"), "*\n", { flag: "wx" })
  } catch {
    // It is there already, or the folder cannot be written, which the spool itself will say.
  }
}
