/**
 * The whole client interface over arrays in memory, live updates included: `metrics.append` and its like reach the
 * subscribers of `live`. For tests, docs and previews; it needs no server and no network.
 */
import type { WanllmdbClient } from "@wanllmdb/core/client"
import type { Fixtures } from "./Fixtures.ts"
import { MemoryData, MemoryProblem } from "./MemoryData.ts"
import { MemoryLive } from "./MemoryLive.ts"
import { memoryFiles } from "./memoryFiles.ts"
import { memoryKeys } from "./memoryKeys.ts"
import { memoryLogs } from "./memoryLogs.ts"
import { memoryMetrics } from "./memoryMetrics.ts"
import { memoryProjects } from "./memoryProjects.ts"
import { memoryRuns } from "./memoryRuns.ts"

export interface MemoryClient extends WanllmdbClient {
  /** The live side, to act out a lost connection. */
  readonly liveSide: MemoryLive
  /** Names of calls in order, such as `runs.search`. */
  readonly calls: ReadonlyArray<string>
}

/** Runs one call: waits as long as the fixtures say, fails where they say so. */
export type Answer = <A>(name: string, signal: AbortSignal | undefined, work: () => A) => Promise<A>

export const createMemoryClient = (fixtures: Fixtures = {}): MemoryClient => {
  const data = new MemoryData(fixtures)
  const live = new MemoryLive()
  const calls: Array<string> = []
  const answer: Answer = async (name, signal, work) => {
    calls.push(name)
    await new Promise((resolve) => setTimeout(resolve, fixtures.latencyMs ?? 0))
    signal?.throwIfAborted()
    const failure = fixtures.failing?.get(name)
    if (failure !== undefined) throw new MemoryProblem(503, "The server is not available", failure)
    return work()
  }
  return {
    projects: memoryProjects(data, answer),
    runs: memoryRuns(data, live, answer),
    metrics: memoryMetrics(data, live, answer),
    logs: memoryLogs(data, live, answer),
    files: memoryFiles(data, answer),
    keys: memoryKeys(answer),
    live: (query, onMessage, onStatus) => live.watch(query, onMessage, onStatus),
    close: () => live.close(),
    liveSide: live,
    calls
  }
}
