/** Reads what is new of a run and hands it to the watchers of one position. */
import type { RunId } from "@wanllmdb/core"
import { Effect } from "effect"
import type { Engine } from "../engine/Engine.ts"
import { runFileJson } from "../wire/resourceJson.ts"
import { runText } from "../wire/runText.ts"
import { type EncodedPoints, encodePoints } from "./encodePoints.ts"
import type { RunQuery } from "./LiveQuery.ts"
import type { Watcher } from "./Watcher.ts"

export interface Delivery {
  /** The store has more after this page. */
  readonly more: boolean
}

type Group = ReadonlyArray<Watcher>

/** About 50,000 points: their JSON is written in one piece and must not hold the event loop for long. */
const mostBytes = 192 * 1024

const runOf = (group: Group): RunId => (group[0]!.query as RunQuery).run

export const readPoints = Effect.fnUntraced(function* (engine: Engine, group: Group, since: number) {
  const run = runOf(group)
  const page = yield* engine.metrics.tail({ run, since, maxBytes: mostBytes })
  const lastSegment = page.frames.at(-1)?.segment
  const rewound = page.frames.some((frame) => frame.segment !== page.frames[0]!.segment)
  const bodies = new Map<string, EncodedPoints>()
  for (const watcher of group) {
    const hidden = rewound || (watcher.segment !== null && lastSegment !== undefined && lastSegment !== watcher.segment)
    watcher.segment = lastSegment ?? watcher.segment
    if (page.reset || hidden) {
      watcher.reset("p", page.cursor)
      continue
    }
    watcher.advance("p", page.cursor)
    if (page.frames.length === 0) continue
    let body = bodies.get(watcher.keysMark)
    if (body === undefined) {
      body = encodePoints(run, page.frames, (watcher.query as RunQuery).keys)
      bodies.set(watcher.keysMark, body)
    }
    if (body.points !== null && watcher.wants("points")) watcher.send("points", body.points)
    if (body.media !== null && watcher.wants("media")) watcher.send("media", body.media)
  }
  return { more: page.frames.length > 0 && !page.reset && page.cursor < (yield* engine.metrics.head(run)) }
})

export const readLogs = Effect.fnUntraced(function* (engine: Engine, group: Group, since: number) {
  const run = runOf(group)
  const limit = 2000
  const page = yield* engine.logs.tail({ run, since, limit })
  const body = page.lines.length === 0 ? null : `,"run":${JSON.stringify(run)},"lines":${JSON.stringify(page.lines)}`
  for (const watcher of group) {
    if (page.reset) watcher.reset("l", page.cursor)
    else {
      watcher.advance("l", page.cursor)
      if (body !== null) watcher.send("logs", body)
    }
  }
  return { more: page.lines.length >= limit }
})

export const readFiles = Effect.fnUntraced(function* (engine: Engine, group: Group, since: number) {
  const run = runOf(group)
  const { cursor, files } = yield* engine.files.changedSince(run, since)
  if (files.length === 0 && since > 0) {
    // Nothing is newer. Where nothing is as new either, the file at this position is gone, or the position is from elsewhere.
    const newest =
      (yield* engine.files.changedSince(run, since - 1)).files.length > 0 ? since : yield* newestFile(engine, run)
    if (newest < since) for (const watcher of group) watcher.reset("f", newest)
    return { more: false }
  }
  const body = `,"run":${JSON.stringify(run)},"files":${JSON.stringify(files.map(runFileJson))}`
  for (const watcher of group) {
    watcher.advance("f", cursor)
    if (files.length > 0) watcher.send("files", body)
  }
  return { more: false }
})

const newestFile = (engine: Engine, run: RunId) => Effect.map(engine.files.changedSince(run, 0), ({ cursor }) => cursor)

export const readRun = Effect.fnUntraced(function* (engine: Engine, group: Group, since: number) {
  const run = yield* engine.runs.get(runOf(group))
  if (run.rev < since) for (const watcher of group) watcher.reset("r", run.rev)
  if (run.rev <= since) return { more: false }
  const body = `,"run":${yield* runText(run)}`
  for (const watcher of group) {
    watcher.advance("r", run.rev)
    watcher.send("run", body)
  }
  return { more: false }
})
