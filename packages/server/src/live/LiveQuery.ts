/** What a watcher asked for. */
import { InvalidInput, type ProjectId, type RunId, type Scope } from "@wanllmdb/core"
import { Effect } from "effect"
import type { LiveCursor } from "./LiveCursor.ts"

export const runTopics = ["points", "logs", "run", "files", "media"] as const
export type RunTopic = (typeof runTopics)[number]

export const projectTopics = ["runs"] as const
export type ProjectTopic = (typeof projectTopics)[number]

export interface RunQuery {
  readonly kind: "run"
  readonly run: RunId
  readonly project: ProjectId
  readonly topics: ReadonlyArray<RunTopic>
  /** Null means every key. */
  readonly keys: ReadonlyArray<string> | null
  readonly cursor: LiveCursor
}

export interface ProjectQuery {
  readonly kind: "project"
  readonly project: ProjectId
  readonly scope: Scope
  readonly topics: ReadonlyArray<ProjectTopic>
  readonly cursor: LiveCursor
}

export type LiveQuery = RunQuery | ProjectQuery

/** The names of `given` as topics, or which one is none. */
export const readTopics = <Topic extends string>(
  given: ReadonlyArray<string>,
  known: ReadonlyArray<Topic>,
  path: string
): Effect.Effect<ReadonlyArray<Topic>, InvalidInput> => {
  const topics = given.flatMap((name) => known.filter((topic) => topic === name))
  if (topics.length === given.length && topics.length > 0) return Effect.succeed(topics)
  const got = given.find((name) => !known.some((topic) => topic === name)) ?? "none"
  return Effect.fail(new InvalidInput({ faults: [{ path, rule: `some of ${known.join(", ")}`, got }] }))
}
