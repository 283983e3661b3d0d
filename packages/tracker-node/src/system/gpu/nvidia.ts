/** NVIDIA GPUs by `nvidia-smi`, which comes with every driver. */
import { type GpuSample, numeric } from "./GpuSample.ts"

export const nvidiaCommand = [
  "nvidia-smi",
  "--query-gpu=index,name,utilization.gpu,memory.used,memory.total,temperature.gpu,power.draw",
  "--format=csv,noheader,nounits"
] as const

const mebibyte = 1 << 20

export const parseNvidia = (output: string): ReadonlyArray<GpuSample> =>
  output
    .split("\n")
    .map((line) => line.split(",").map((cell) => cell.trim()))
    .filter((cells) => cells.length === 7 && /^\d+$/.test(cells[0]!))
    .map(([index, name, utilization, used, total, temperature, power]) => ({
      index: Number(index),
      name: name ?? "",
      utilization: numeric(utilization),
      memoryUsedBytes: numeric(used, mebibyte),
      memoryTotalBytes: numeric(total, mebibyte),
      temperatureC: numeric(temperature),
      powerW: numeric(power)
    }))
