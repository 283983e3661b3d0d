/** How a noisy line is calmed, and how much. The line as logged always stays visible behind the smoothed one. */
export type SmoothingKind = "none" | "ema" | "twema" | "gaussian" | "average" | "median"

export interface Smoothing {
  readonly kind: SmoothingKind
  /**
   * `ema`, `twema`: weight of the past, 0 to below 1. `gaussian`: standard deviation in points. `average`, `median`: width of the
   * window in points, made odd.
   */
  readonly amount: number
}

export const noSmoothing: Smoothing = { kind: "none", amount: 0 }

/** Whether a smoothing changes anything. */
export const smooths = ({ kind, amount }: Smoothing): boolean =>
  kind !== "none" && (kind === "ema" || kind === "twema" || kind === "gaussian" ? amount > 0 : amount > 1)
