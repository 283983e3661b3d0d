/**
 * One subscription of one connection. Bodies are encoded once and shared; a watcher adds only its own head: id and cursor.
 */
import type { Identity } from "../auth/Auth.ts"
import { type CursorPart, cursorText, type LiveCursor } from "./LiveCursor.ts"
import type { LiveQuery } from "./LiveQuery.ts"

/** How messages leave: a socket shared by subscriptions, or one event stream. */
export interface Outlet {
  /** `body` is JSON members after `cursor`, with a leading comma, or empty. */
  send(type: string, cursor: string, body: string): void
  /** Bytes that wait to be sent. */
  backlogBytes(): number
  end(): void
}

/** A watcher this far behind is not sent to; it goes on from its cursor when it has caught up, so nothing is lost. */
const mostBacklogBytes = 1024 * 1024

export class Watcher {
  readonly query: LiveQuery
  readonly identity: Identity
  /** Sorted keys as one text: watchers with the same share a body. */
  readonly keysMark: string
  /** Segment of the last points sent; a new one means that older points were hidden. */
  segment: number | null = null
  readonly #outlet: Outlet
  readonly #cursor: LiveCursor

  constructor(query: LiveQuery, identity: Identity, outlet: Outlet) {
    this.query = query
    this.identity = identity
    this.keysMark = query.kind === "run" && query.keys !== null ? JSON.stringify([...query.keys].sort()) : ""
    this.#outlet = outlet
    this.#cursor = { ...query.cursor }
  }

  position(part: CursorPart): number | undefined {
    return this.#cursor[part]
  }

  advance(part: CursorPart, position: number) {
    this.#cursor[part] = position
  }

  wants(topic: string): boolean {
    return this.query.topics.some((wanted) => wanted === topic)
  }

  get isReady(): boolean {
    return this.#outlet.backlogBytes() < mostBacklogBytes
  }

  /** The watcher's position is none that this store knows: it reads again and goes on from here. */
  reset(part: CursorPart, position: number) {
    this.advance(part, position)
    this.send("reset", "")
  }

  send(type: string, body: string) {
    this.#outlet.send(type, cursorText(this.#cursor), body)
  }

  end() {
    this.#outlet.end()
  }
}
