/** What of a project's fields a table shows that nobody has arranged yet. */
import type { WanllmdbClient } from "@wanllmdb/core/client"
import { differing, pickColumns, settingsToProbe } from "./pickColumns.ts"

/** Settings that differ between the newest runs go first: one that is alike everywhere tells nothing. */
export const pickFromRuns = async (
  client: WanllmdbClient,
  project: string,
  fields: ReadonlyArray<string>,
  signal: AbortSignal
): Promise<ReadonlyArray<string>> => {
  const settings = settingsToProbe(fields)
  if (settings.length < 2) return pickColumns(fields)
  const query = { columns: settings, sort: "-created", limit: 50 }
  const page = await client.runs.search(project, query, { signal })
  return pickColumns(fields, differing(settings, page.items))
}
