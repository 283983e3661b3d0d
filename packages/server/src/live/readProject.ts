/** Reads which runs of a project changed and hands them to the watchers of one position, each within its scope. */
import { Effect } from "effect"
import type { Engine } from "../engine/Engine.ts"
import { runListItemJson } from "../wire/resourceJson.ts"
import type { ProjectQuery } from "./LiveQuery.ts"
import type { Watcher } from "./Watcher.ts"

const bodyOf = Effect.fnUntraced(function* (engine: Engine, { project, scope }: ProjectQuery, since: number) {
  const { cursor, runs } = yield* engine.runs.changedSince(project, since, scope)
  return { cursor, body: runs.length === 0 ? null : `,"runs":${JSON.stringify(runs.map(runListItemJson))}` }
})

export const readProject = Effect.fnUntraced(function* (engine: Engine, group: ReadonlyArray<Watcher>, since: number) {
  const bodies = new Map<string, { readonly cursor: number; readonly body: string | null }>()
  for (const watcher of group) {
    const query = watcher.query as ProjectQuery
    const mark = JSON.stringify(query.scope)
    const known = bodies.get(mark) ?? (yield* bodyOf(engine, query, since))
    bodies.set(mark, known)
    if (known.cursor < since) {
      watcher.reset("s", known.cursor)
      continue
    }
    watcher.advance("s", known.cursor)
    if (known.body !== null) watcher.send("runs", known.body)
  }
  return { more: false }
})
