/** What a memory client starts with, in the wire's own shapes; what is left out gets a plain default. */
import type { LogLineJson, ProjectJson, RunJson } from "@wanllmdb/core/client"

export interface FixtureSeries {
  readonly steps: ReadonlyArray<number>
  /** Unix milliseconds. Default: one second a step after the run's creation. */
  readonly timesMs?: ReadonlyArray<number>
  readonly values: ReadonlyArray<number>
}

export interface FixtureRun extends Partial<RunJson> {
  readonly slug: string
  readonly metrics?: Readonly<Record<string, FixtureSeries>>
  readonly logs?: ReadonlyArray<Partial<LogLineJson> & { readonly text: string }>
  readonly files?: Readonly<Record<string, string>>
}

export interface FixtureProject extends Partial<ProjectJson> {
  readonly slug: string
  readonly runs?: ReadonlyArray<FixtureRun>
}

export interface Fixtures {
  readonly projects?: ReadonlyArray<FixtureProject>
  /** Wait before every answer. Default 0. */
  readonly latencyMs?: number
  /** Named calls that fail, such as `runs.search`; the text becomes the problem's detail. */
  readonly failing?: Map<string, string>
}
