/** Apple's GPUs by `ioreg`, which needs no rights; power and temperature would. */
import { type GpuSample, numeric } from "./GpuSample.ts"

export const appleCommand = ["ioreg", "-r", "-d", "1", "-w", "0", "-c", "IOAccelerator"] as const

export const parseApple = (output: string): ReadonlyArray<GpuSample> =>
  output
    .split(/^\+-o /m)
    .slice(1)
    .flatMap((entry, index): ReadonlyArray<GpuSample> => {
      const utilization = numeric(/"Device Utilization %"=(\d+)/.exec(entry)?.[1])
      const used = numeric(/"In use system memory"=(\d+)/.exec(entry)?.[1])
      if (utilization === undefined && used === undefined) return []
      const name = /"model" = "([^"]+)"/.exec(entry)?.[1] ?? "Apple GPU"
      return [{ index, name, utilization, memoryUsedBytes: used }]
    })
