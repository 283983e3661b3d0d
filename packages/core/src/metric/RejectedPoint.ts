/** A point that was left out of a batch: where it stood and which rule it broke. */
export interface RejectedPoint {
  readonly row: number
  readonly key: string
  readonly rule: string
  readonly message: string
}
