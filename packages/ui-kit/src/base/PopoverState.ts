/** Whether a popover of an element is open: a press elsewhere or Escape closes it. */
import type { ReactiveController, ReactiveControllerHost } from "lit"

export class PopoverState implements ReactiveController {
  open = false
  readonly #host: ReactiveControllerHost & EventTarget
  readonly #inside: () => Element | null

  /** Presses within `inside` leave it open. */
  constructor(host: ReactiveControllerHost & EventTarget, inside: () => Element | null) {
    this.#host = host
    this.#inside = inside
    host.addController(this)
  }

  toggle(): void {
    if (this.open) this.close()
    else {
      this.open = true
      addEventListener("pointerdown", this.#pressed)
      addEventListener("keydown", this.#pressed)
      this.#host.requestUpdate()
    }
  }

  close(): void {
    this.open = false
    removeEventListener("pointerdown", this.#pressed)
    removeEventListener("keydown", this.#pressed)
    this.#host.requestUpdate()
  }

  hostDisconnected(): void {
    if (this.open) this.close()
  }

  readonly #pressed = (event: Event): void => {
    const inside = this.#inside()
    const within = inside !== null && event.composedPath().includes(inside)
    if (event instanceof KeyboardEvent ? event.key === "Escape" : !within) this.close()
  }
}
