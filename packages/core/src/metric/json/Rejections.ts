/** Collects the points that were left out: the first ones in full, all of them by number. */
import type { RejectedPoint } from "../RejectedPoint.ts"

export class Rejections {
  readonly listed: Array<RejectedPoint> = []
  count = 0
  readonly #limit: number

  constructor(limit: number) {
    this.#limit = limit
  }

  add(row: number, key: string, rule: string, message: string): void {
    this.count++
    if (this.listed.length < this.#limit) this.listed.push({ row, key, rule, message })
  }
}
