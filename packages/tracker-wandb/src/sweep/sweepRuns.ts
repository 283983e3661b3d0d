/** Which runs belong to a sweep: one small document each, so that neither runs nor sweeps grow with the other. */
import { DocumentChanged, type ProjectId, type Run } from "@wanllmdb/core"
import { Clock, Effect } from "effect"
import type { Call } from "../call/Call.ts"

const collection = "wandb.sweep.run"
const pageLength = 10_000

const keyOf = (project: ProjectId, sweep: string, slug = ""): string =>
  `${project}/${encodeURIComponent(sweep)}/${slug}`

/** Repeatable. */
export const noteSweepRun = Effect.fnUntraced(function* (
  engine: Call["engine"],
  run: Pick<Run, "project" | "slug">,
  sweep: string
) {
  const now = yield* Clock.currentTimeMillis
  const key = keyOf(run.project, sweep, run.slug)
  const put = engine.documents.put({ collection, key, body: {}, ifRev: 0, now })
  yield* Effect.catchIf(
    put,
    (error) => error instanceof DocumentChanged,
    () => Effect.void
  )
})

/** Slugs of the sweep's runs, in order of slug. */
export const sweepRuns = Effect.fnUntraced(function* (engine: Call["engine"], project: ProjectId, sweep: string) {
  const prefix = keyOf(project, sweep)
  const slugs: Array<string> = []
  for (let after: string | undefined; ; ) {
    const page = yield* engine.documents.list({ collection, prefix, after, limit: pageLength })
    for (const { key } of page) slugs.push(key.slice(prefix.length))
    if (page.length < pageLength) return slugs
    after = page.at(-1)?.key
  }
})
