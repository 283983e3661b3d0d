/** Remembers answers by `Idempotency-Key` for ten minutes, so that a repeated create gives the first one's answer. */
import { Effect } from "effect"

const keepMs = 10 * 60_000
const most = 10_000

export class IdempotencyCache {
  readonly #answers = new Map<string, { readonly until: number; readonly answer: Promise<unknown> }>()
  readonly #now: () => number

  constructor(now: () => number) {
    this.#now = now
  }

  /** Runs `effect` once per key; failures are not remembered. Without a key it just runs. */
  once<A, E>(key: string | null, effect: Effect.Effect<A, E>): Effect.Effect<A, E> {
    if (key === null) return effect
    return Effect.suspend(() => {
      const known = this.#answers.get(key)
      if (known !== undefined && known.until > this.#now()) return Effect.promise(() => known.answer as Promise<A>)
      let settle: (value: A) => void = () => undefined
      let refuse: (error: unknown) => void = () => undefined
      const answer = new Promise<A>((resolve, reject) => {
        settle = resolve
        refuse = reject
      })
      answer.catch(() => undefined)
      this.#answers.set(key, { until: this.#now() + keepMs, answer })
      this.#trim()
      return effect.pipe(
        Effect.tap((value) => Effect.sync(() => settle(value))),
        Effect.tapCause((cause) =>
          Effect.sync(() => {
            this.#answers.delete(key)
            refuse(cause)
          })
        )
      )
    })
  }

  #trim() {
    const now = this.#now()
    for (const [key, { until }] of this.#answers) {
      if (until > now && this.#answers.size <= most) break
      this.#answers.delete(key)
    }
  }
}
