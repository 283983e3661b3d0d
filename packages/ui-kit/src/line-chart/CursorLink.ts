/** A chart's seat on a cursor bus: charts under one provider share one, or those that name the same group. */
import { CursorBus, type CursorPosition } from "../provider/CursorBus.ts"

const byGroup = new Map<string, CursorBus>()

const busOf = (group: string | null, provided: CursorBus | undefined): CursorBus | null => {
  if (group === null) return provided ?? null
  const bus = byGroup.get(group) ?? new CursorBus()
  byGroup.set(group, bus)
  return bus
}

export class CursorLink {
  #bus: CursorBus | null = null
  #leave: () => void = () => {}
  readonly #heard: (position: CursorPosition) => void

  /** `heard` hears of the cursors of other charts, whatever their axis. */
  constructor(heard: (position: CursorPosition) => void) {
    this.#heard = heard
  }

  /** The provider may come after the chart, and groups may change: to be called again whenever they may have. */
  join(group: string | null, provided: CursorBus | undefined): void {
    const bus = busOf(group, provided)
    if (bus === this.#bus) return
    this.#leave()
    this.#bus = bus
    const heard = (position: CursorPosition) => {
      if (position.source !== this) this.#heard(position)
    }
    this.#leave = bus?.subscribe(heard) ?? (() => {})
  }

  publish(position: Omit<CursorPosition, "source">): void {
    this.#bus?.publish({ ...position, source: this })
  }

  leave(): void {
    this.#leave()
    this.#leave = () => {}
    this.#bus = null
  }
}
