/** Live subscriptions of a memory client: messages go to every watcher of their run or project, one task later. */
import type { LiveMessage, LiveQuery, LiveStatus, LiveSubscription, LiveTopic } from "@wanllmdb/core/client"

type Without<Message> = Message extends unknown ? Omit<Message, "cursor"> : never
export type Announcement = Without<LiveMessage>

interface Watcher {
  readonly query: LiveQuery
  readonly hear: (message: LiveMessage) => void
  readonly onStatus: ((status: LiveStatus) => void) | undefined
}

export class MemoryLive {
  #cursor = 0
  readonly #watchers = new Set<Watcher>()

  get cursor(): string {
    return String(this.#cursor)
  }

  watch(query: LiveQuery, hear: Watcher["hear"], onStatus?: Watcher["onStatus"]): LiveSubscription {
    const watcher = { query, hear, onStatus }
    this.#watchers.add(watcher)
    queueMicrotask(() => this.#watchers.has(watcher) && onStatus?.("live"))
    return {
      close: () => {
        this.#watchers.delete(watcher)
      }
    }
  }

  /** `names` are the ids and paths by which watchers may have named the run or the project. */
  announce(topic: LiveTopic, names: ReadonlyArray<string>, message: Announcement): void {
    const whole = { ...message, cursor: String(++this.#cursor) } as LiveMessage
    for (const watcher of [...this.#watchers]) {
      const { query } = watcher
      const wanted = query.topics.includes(topic) && names.includes(query.run ?? query.project ?? "")
      if (wanted) queueMicrotask(() => this.#watchers.has(watcher) && watcher.hear(whole))
    }
  }

  /** What watchers of a lost and regained connection see; for tests and previews. */
  setStatus(status: LiveStatus): void {
    for (const watcher of this.#watchers) watcher.onStatus?.(status)
  }

  close(): void {
    this.#watchers.clear()
  }
}
