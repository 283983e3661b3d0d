/** Why bytes are not a frame: the rule they break and where. The only error that reading a frame throws. */

export interface FrameFault {
  /** The rule that is broken, for people. */
  readonly rule: string
  /** Byte offset in the frame at which it shows. */
  readonly offset: number
}

export class FrameError extends Error implements FrameFault {
  override readonly name = "FrameError"
  readonly rule: string
  readonly offset: number

  constructor(rule: string, offset: number) {
    super(`Metric frame: ${rule} (at byte ${offset})`)
    this.rule = rule
    this.offset = offset
  }
}
