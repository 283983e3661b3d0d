/**
 * A controller keeps all state of one view and knows no DOM: hosts read it with `getSnapshot`, hear of changes with
 * `subscribe` and drive it with `send`. The first two fit React's `useSyncExternalStore` as they are.
 */
export interface Store<State, Event> {
  /** The same object until something changes. */
  readonly getSnapshot: () => State
  /** Calls `listener` after every change; gives back what ends that. */
  readonly subscribe: (listener: () => void) => () => void
  readonly send: (event: Event) => void
  /** Ends subscriptions and calls under way. The store keeps its last state and takes no more events. */
  readonly dispose: () => void
}

/** What concrete controllers extend: they implement `receive` and call `update`. */
export abstract class BaseStore<State, Event> implements Store<State, Event> {
  #state: State
  #disposed = false
  readonly #listeners = new Set<() => void>()
  /** Aborted by `dispose`; pass it to client calls. */
  protected readonly abort = new AbortController()

  constructor(initial: State) {
    this.#state = initial
  }

  readonly getSnapshot = (): State => this.#state

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  readonly send = (event: Event): void => {
    if (!this.#disposed) this.receive(event)
  }

  readonly dispose = (): void => {
    if (this.#disposed) return
    this.#disposed = true
    this.abort.abort()
    this.released()
    this.#listeners.clear()
  }

  protected get disposed(): boolean {
    return this.#disposed
  }

  protected abstract receive(event: Event): void

  /** Where a subclass lets go of timers and live subscriptions. */
  protected released(): void {}

  /** Replaces the named parts of the state and tells listeners. */
  protected update(change: Partial<State>): void {
    if (this.#disposed) return
    this.#state = { ...this.#state, ...change }
    for (const listener of [...this.#listeners]) listener()
  }
}
