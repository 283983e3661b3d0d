/**
 * The watchers of one run or project, and the pump that serves them. Watchers at the same position share one read and one
 * encoding; one who joins late or lags is a group of its own until it has caught up. Nothing is kept here but positions.
 */
import { Effect } from "effect"
import type { Engine } from "../engine/Engine.ts"
import { isServerTrouble } from "../http/Problem.ts"
import type { CursorPart } from "./LiveCursor.ts"
import { readProject } from "./readProject.ts"
import { type Delivery, readFiles, readLogs, readPoints, readRun } from "./readRun.ts"
import type { Watcher } from "./Watcher.ts"

/** At most ten messages a second per topic and watcher. */
const spacingMs = 100

type Reader = (engine: Engine, group: ReadonlyArray<Watcher>, since: number) => Effect.Effect<Delivery, unknown>

interface Source {
  readonly part: CursorPart
  readonly topics: ReadonlyArray<string>
  readonly read: Reader
}

const sources: ReadonlyArray<Source> = [
  { part: "p", topics: ["points", "media"], read: readPoints },
  { part: "l", topics: ["logs"], read: readLogs },
  { part: "f", topics: ["files"], read: readFiles },
  { part: "r", topics: ["run"], read: readRun },
  { part: "s", topics: ["runs"], read: readProject }
]

export class LiveFeed {
  readonly watchers = new Set<Watcher>()
  readonly #engine: Engine
  readonly #onTrouble: (error: unknown) => void
  readonly #dirty = new Set<Source>()
  #pumping = false
  #timer: ReturnType<typeof setTimeout> | null = null
  #lastPump = Number.NEGATIVE_INFINITY

  constructor(engine: Engine, onTrouble: (error: unknown) => void) {
    this.#engine = engine
    this.#onTrouble = onTrouble
  }

  /** Something of the topic is new. */
  mark(topic: string) {
    for (const source of sources) if (source.topics.includes(topic)) this.#dirty.add(source)
    this.#schedule()
  }

  /** A watcher is here: serve it everything it lacks. */
  markAll(watcher: Watcher) {
    for (const source of sources) if (source.topics.some((topic) => watcher.wants(topic))) this.#dirty.add(source)
    this.#schedule()
  }

  close() {
    if (this.#timer !== null) clearTimeout(this.#timer)
    for (const watcher of this.watchers) watcher.end()
    this.watchers.clear()
  }

  #schedule() {
    if (this.#pumping || this.#timer !== null || this.watchers.size === 0) return
    const wait = Math.max(0, this.#lastPump + spacingMs - performance.now())
    this.#timer = setTimeout(() => void this.#pump(), wait)
  }

  async #pump() {
    this.#timer = null
    this.#pumping = true
    this.#lastPump = performance.now()
    const sources = [...this.#dirty]
    this.#dirty.clear()
    for (const source of sources) {
      // One store's trouble must not keep the other topics from their watchers; what was missed comes with the next signal.
      await this.#serve(source).catch((error: unknown) => {
        if (isServerTrouble(error)) this.#onTrouble(error)
      })
    }
    this.#pumping = false
    if (this.#dirty.size > 0) this.#schedule()
  }

  async #serve(source: Source) {
    for (const [since, group] of this.#groups(source)) {
      const { more } = await Effect.runPromise(source.read(this.#engine, group, since))
      if (more) this.#dirty.add(source)
    }
  }

  #groups(source: Source): ReadonlyMap<number, ReadonlyArray<Watcher>> {
    const groups = new Map<number, Array<Watcher>>()
    for (const watcher of this.watchers) {
      if (!source.topics.some((topic) => watcher.wants(topic))) continue
      const since = watcher.position(source.part)
      if (since === undefined) continue
      if (!watcher.isReady) {
        this.#dirty.add(source)
        continue
      }
      const group = groups.get(since)
      if (group === undefined) groups.set(since, [watcher])
      else group.push(watcher)
    }
    return groups
  }
}
