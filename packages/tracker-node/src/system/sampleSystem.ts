/** One sample of the machine and of this process as metric values. Rates are per second since the sample before. */
import type { GpuSample } from "./gpu/GpuSample.ts"

export interface MachineReading {
  readonly cpuPercent?: number | undefined
  readonly memoryUsedBytes?: number | undefined
  readonly memoryTotalBytes?: number | undefined
  /** Totals since the machine started, of which rates are made. */
  readonly diskReadBytes?: number | undefined
  readonly diskWriteBytes?: number | undefined
  readonly networkReceivedBytes?: number | undefined
  readonly networkSentBytes?: number | undefined
  readonly gpus: ReadonlyArray<GpuSample>
}

export interface ProcessReading {
  /** Milliseconds of processor time since the process began. */
  readonly cpuMs: number
  readonly rssBytes: number
}

export interface Reading {
  /** Of a clock that nobody sets: rates over a wall clock that jumped would be wrong. */
  readonly atMs: number
  readonly machine: MachineReading | null
  readonly process: ProcessReading
}

const share = (part: number | undefined, whole: number | undefined): number | undefined =>
  part === undefined || whole === undefined || whole <= 0 ? undefined : (100 * part) / whole

/** `label` tells several processes of a run apart. The first reading has no rates. */
export const systemValues = (now: Reading, before: Reading | null, label: string): Record<string, number> => {
  const values: Record<string, number> = {}
  const put = (name: string, value: number | undefined): void => {
    if (value !== undefined && Number.isFinite(value)) values[`system/${name}`] = value
  }
  const seconds = before === null ? 0 : (now.atMs - before.atMs) / 1000
  const rate = (pick: (reading: MachineReading) => number | undefined): number | undefined => {
    const to = now.machine === null ? undefined : pick(now.machine)
    const from = before?.machine == null ? undefined : pick(before.machine)
    // A counter that went back belongs to a device that left or a machine that restarted.
    return to === undefined || from === undefined || seconds <= 0 || to < from ? undefined : (to - from) / seconds
  }
  const machine = now.machine
  if (machine !== null) {
    put("cpu/percent", machine.cpuPercent)
    put("memory/percent", share(machine.memoryUsedBytes, machine.memoryTotalBytes))
    put("memory/used_bytes", machine.memoryUsedBytes)
    put(
      "disk/read_bytes_per_s",
      rate((reading) => reading.diskReadBytes)
    )
    put(
      "disk/write_bytes_per_s",
      rate((reading) => reading.diskWriteBytes)
    )
    put(
      "network/received_bytes_per_s",
      rate((reading) => reading.networkReceivedBytes)
    )
    put(
      "network/sent_bytes_per_s",
      rate((reading) => reading.networkSentBytes)
    )
    for (const gpu of machine.gpus) {
      put(`gpu.${gpu.index}/percent`, gpu.utilization)
      put(`gpu.${gpu.index}/memory_percent`, share(gpu.memoryUsedBytes, gpu.memoryTotalBytes))
      put(`gpu.${gpu.index}/memory_used_bytes`, gpu.memoryUsedBytes)
      put(`gpu.${gpu.index}/temperature_c`, gpu.temperatureC)
      put(`gpu.${gpu.index}/power_w`, gpu.powerW)
    }
  }
  const own = label === "" ? "process" : `process.${label}`
  put(`${own}/rss_bytes`, now.process.rssBytes)
  if (before !== null && seconds > 0) {
    put(`${own}/cpu_percent`, (now.process.cpuMs - before.process.cpuMs) / seconds / 10)
  }
  return values
}
