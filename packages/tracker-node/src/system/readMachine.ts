/** Reads the machine through `systeminformation`, which is loaded when it is first needed: it is large, and not every run samples. */

import type { GpuProbe } from "./gpu/GpuProbe.ts"
import type { MachineReading } from "./sampleSystem.ts"

const attempt = async <A>(read: () => Promise<A>): Promise<A | null> => {
  try {
    return await read()
  } catch {
    return null
  }
}

export const readMachine = async (gpus: GpuProbe): Promise<MachineReading> => {
  const { default: si } = await import("systeminformation")
  const [load, memory, disks, networks, gpuSamples] = await Promise.all([
    attempt(() => si.currentLoad()),
    attempt(() => si.mem()),
    attempt(() => si.fsStats()),
    attempt(() => si.networkStats("*")),
    gpus.sample()
  ])
  const total = (pick: "rx_bytes" | "tx_bytes"): number | undefined =>
    networks === null
      ? undefined
      : networks.filter(({ iface }) => iface !== "lo").reduce((sum, network) => sum + (network[pick] ?? 0), 0)
  return {
    cpuPercent: load?.currentLoad,
    // "Used" of the operating system counts caches, which a program may have whenever it asks.
    memoryUsedBytes: memory === null ? undefined : memory.total - memory.available,
    memoryTotalBytes: memory?.total,
    diskReadBytes: disks?.rx,
    diskWriteBytes: disks?.wx,
    networkReceivedBytes: total("rx_bytes"),
    networkSentBytes: total("tx_bytes"),
    gpus: gpuSamples
  }
}
