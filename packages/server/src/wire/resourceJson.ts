/** Engine records as the wire writes them: moments become ISO 8601. Written out by hand because lists of a thousand pass here. */
import type { ApiKey, ConfigVersion, Project, Run, RunFile, RunListItem } from "@wanllmdb/core"

export type RunListItemJson = typeof RunListItem.Encoded
export type RunJson = typeof Run.Encoded
export type ProjectJson = typeof Project.Encoded

/** Lists show the same moments again and again; a look-up costs a tenth of writing a date. */
const written = new Map<number, string>()
const mostWritten = 8192

const iso = (milliseconds: number): string => {
  let text = written.get(milliseconds)
  if (text === undefined) {
    text = new Date(milliseconds).toISOString()
    if (written.size >= mostWritten) written.clear()
    written.set(milliseconds, text)
  }
  return text
}
const isoOrNull = (milliseconds: number | null): string | null => (milliseconds === null ? null : iso(milliseconds))

/** Takes a whole run too: what it has beyond the list item is left as it is. */
const withMoments = <R extends RunListItem>(run: R) => ({
  ...run,
  createdAt: iso(run.createdAt),
  updatedAt: iso(run.updatedAt),
  heartbeatAt: isoOrNull(run.heartbeatAt),
  finishedAt: isoOrNull(run.finishedAt),
  deletedAt: isoOrNull(run.deletedAt)
})

export const runListItemJson = (run: RunListItem): RunListItemJson => withMoments(run)

export const runJson = (run: Run): RunJson => withMoments(run)

/** The run but for config and summary, which nobody needs to look at for it. */
export const withoutDocuments = (run: Run): Omit<RunJson, "config" | "summary"> => {
  const { notes, configVersion, environment, exitCode, stopRequested, segment, parent } = run
  return {
    ...withMoments(listPartOf(run)),
    notes,
    configVersion,
    environment,
    exitCode,
    stopRequested,
    segment,
    parent
  }
}

const listPartOf = (run: Run): RunListItem => ({
  id: run.id,
  project: run.project,
  entity: run.entity,
  projectSlug: run.projectSlug,
  slug: run.slug,
  name: run.name,
  state: run.state,
  tags: run.tags,
  group: run.group,
  jobType: run.jobType,
  user: run.user,
  host: run.host,
  createdAt: run.createdAt,
  updatedAt: run.updatedAt,
  heartbeatAt: run.heartbeatAt,
  finishedAt: run.finishedAt,
  durationMs: run.durationMs,
  deletedAt: run.deletedAt,
  rev: run.rev
})

export const projectJson = (project: Project): ProjectJson => ({
  ...project,
  lastActivityAt: iso(project.lastActivityAt),
  createdAt: iso(project.createdAt),
  updatedAt: iso(project.updatedAt),
  deletedAt: isoOrNull(project.deletedAt)
})

export const runFileJson = (file: RunFile): typeof RunFile.Encoded => ({
  run: file.run,
  path: file.path,
  sizeBytes: file.sizeBytes,
  sha256: file.sha256,
  contentType: file.contentType,
  updatedAt: iso(file.updatedAt)
})

export const apiKeyJson = (key: ApiKey): typeof ApiKey.Encoded => ({
  ...key,
  createdAt: iso(key.createdAt),
  expiresAt: isoOrNull(key.expiresAt),
  lastUsedAt: isoOrNull(key.lastUsedAt)
})

export const configVersionJson = (version: ConfigVersion): typeof ConfigVersion.Encoded => ({
  ...version,
  createdAt: iso(version.createdAt)
})
