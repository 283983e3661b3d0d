/** Ties a Lit element to a store: the element renders again when the store changes, and never while it is detached. */
import type { ReactiveController, ReactiveControllerHost } from "lit"
import type { Store } from "./Store.ts"

export class StoreObserver<State, Event> implements ReactiveController {
  #store: Store<State, Event> | null = null
  #release: (() => void) | null = null
  #connected = false
  readonly #host: ReactiveControllerHost
  readonly #changed: ((state: State) => void) | undefined

  /** `changed` hears every change before the element renders. */
  constructor(host: ReactiveControllerHost, changed?: (state: State) => void) {
    this.#host = host
    this.#changed = changed
    host.addController(this)
  }

  get store(): Store<State, Event> | null {
    return this.#store
  }

  observe(store: Store<State, Event> | null): void {
    if (store === this.#store) return
    this.#release?.()
    this.#release = null
    this.#store = store
    if (this.#connected) this.#attach()
    this.#host.requestUpdate()
  }

  hostConnected(): void {
    this.#connected = true
    this.#attach()
  }

  hostDisconnected(): void {
    this.#connected = false
    this.#release?.()
    this.#release = null
  }

  #attach(): void {
    const store = this.#store
    if (store === null || this.#release !== null) return
    this.#release = store.subscribe(() => {
      this.#changed?.(store.getSnapshot())
      this.#host.requestUpdate()
    })
  }
}
