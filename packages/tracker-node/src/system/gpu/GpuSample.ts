/** What one GPU did at one moment; values that its tool does not tell are absent. */
export interface GpuSample {
  readonly index: number
  readonly name: string
  /** Busy share, 0 to 100. */
  readonly utilization?: number | undefined
  readonly memoryUsedBytes?: number | undefined
  readonly memoryTotalBytes?: number | undefined
  readonly temperatureC?: number | undefined
  readonly powerW?: number | undefined
}

/** Drops what a tool printed instead of a number, such as `[N/A]`. */
export const numeric = (text: string | number | undefined, scale = 1): number | undefined => {
  const value = typeof text === "number" ? text : Number.parseFloat(text ?? "")
  return Number.isFinite(value) ? value * scale : undefined
}
