import { describe, expect, it } from "vitest"
import { parseAmd } from "../src/system/gpu/amd.ts"
import { parseApple } from "../src/system/gpu/apple.ts"
import { parseNvidia } from "../src/system/gpu/nvidia.ts"
import { SystemMonitor } from "../src/system/SystemMonitor.ts"
import { type Reading, systemValues } from "../src/system/sampleSystem.ts"

describe("GPU tools", () => {
  it("are read where values are missing", () => {
    expect(
      parseNvidia("0, NVIDIA H100 80GB HBM3, 97, 40960, 81559, 61, 512.31\n1, Tesla, [N/A], 1, 2, 30, [N/A]\n")
    ).toEqual([
      {
        index: 0,
        name: "NVIDIA H100 80GB HBM3",
        utilization: 97,
        memoryUsedBytes: 40960 * 2 ** 20,
        memoryTotalBytes: 81559 * 2 ** 20,
        temperatureC: 61,
        powerW: 512.31
      },
      expect.objectContaining({ index: 1, utilization: undefined, powerW: undefined })
    ])
  })

  it("are read where a GPU is split, lost or shares the machine's memory", () => {
    const lines = [
      "Unable to determine the device handle for GPU 0000:0A:00.0: Unknown Error",
      "0, NVIDIA A100-SXM4-40GB, [N/A], 18, 40960, 33, 87.00",
      "1, NVIDIA GB10, 12, [N/A], [N/A], 45, 11.5",
      "2, Quadro K2000, [Not Supported], [Not Supported], 2048, [Unknown Error], [GPU requires reset]",
      "3, NVIDIA H100, ERR!, 1",
      ""
    ]
    expect(parseNvidia(lines.join("\r\n"))).toEqual([
      expect.objectContaining({ index: 0, utilization: undefined, memoryUsedBytes: 18 * 2 ** 20, powerW: 87 }),
      expect.objectContaining({ index: 1, utilization: 12, memoryUsedBytes: undefined, temperatureC: 45 }),
      expect.objectContaining({ index: 2, memoryTotalBytes: 2 ** 31, temperatureC: undefined, powerW: undefined })
    ])
    expect(parseNvidia("No devices were found\n")).toEqual([])
  })

  it("are read for AMD cards whose sensors differ", () => {
    const cards = {
      card0: {
        "Device Name": "Phoenix3",
        "Temperature (Sensor edge) (C)": "31.0",
        "Current Socket Graphics Package Power (W)": "7.222",
        "GPU use (%)": "19"
      },
      card1: {
        "Card Series": "AMD Instinct MI300X",
        "Temperature (Sensor edge) (C)": "N/A",
        "Temperature (Sensor memory) (C)": "37.0",
        "Temperature (Sensor junction) (C)": "43.0",
        "Average Graphics Package Power (W)": "N/A",
        "Current Socket Graphics Package Power (W)": "717.0",
        "GPU use (%)": "N/A"
      },
      card2: { "Average Graphics Package Power (W)": "N/A (Secondary die)" }
    }
    expect(parseAmd(JSON.stringify(cards))).toEqual([
      expect.objectContaining({ name: "Phoenix3", temperatureC: 31, powerW: 7.222, utilization: 19 }),
      expect.objectContaining({ index: 1, temperatureC: 43, powerW: 717, utilization: undefined }),
      expect.objectContaining({ index: 2, name: "AMD GPU", powerW: undefined })
    ])
    expect(() => parseAmd("ERROR:root:Driver not initialized (amdgpu not found in modules)")).toThrow()
  })

  it("are read for AMD", () => {
    const output = `WARNING: AMD GPU device(s) is/are in a low-power state.
{"card0": {"Card Series": "Instinct MI300X", "GPU use (%)": "12", "VRAM Total Memory (B)": "206141652992",
"VRAM Total Used Memory (B)": "300000000", "Temperature (Sensor edge) (C)": "41.0",
"Average Graphics Package Power (W)": "130.0"}, "system": {"Driver version": "6"}}`
    expect(parseAmd(output)).toEqual([
      {
        index: 0,
        name: "Instinct MI300X",
        utilization: 12,
        memoryUsedBytes: 300000000,
        memoryTotalBytes: 206141652992,
        temperatureC: 41,
        powerW: 130
      }
    ])
  })

  it("are read for Apple", () => {
    const output = `+-o AGXAcceleratorG13X  <class AGXAcceleratorG13X, id 0x1000003a3>
    {
      "model" = "Apple M1 Pro"
      "PerformanceStatistics" = {"In use system memory"=481099776,"Device Utilization %"=37,"Renderer Utilization %"=36}
    }
`
    expect(parseApple(output)).toEqual([
      { index: 0, name: "Apple M1 Pro", utilization: 37, memoryUsedBytes: 481099776 }
    ])
  })
})

const reading = (atMs: number, read: number, cpuMs: number): Reading => ({
  atMs,
  machine: { cpuPercent: 50, memoryUsedBytes: 1, memoryTotalBytes: 4, diskReadBytes: read, gpus: [] },
  process: { cpuMs, rssBytes: 100 }
})

describe("system values", () => {
  it("make rates of totals", () => {
    expect(systemValues(reading(3000, 5000, 1500), reading(1000, 1000, 500), "")).toEqual({
      "system/cpu/percent": 50,
      "system/memory/percent": 25,
      "system/memory/used_bytes": 1,
      "system/disk/read_bytes_per_s": 2000,
      "system/process/rss_bytes": 100,
      "system/process/cpu_percent": 50
    })
  })

  it("leave out the rate of a counter that went back", () => {
    expect(systemValues(reading(3000, 5, 0), reading(1000, 1000, 0), "")).not.toHaveProperty(
      "system/disk/read_bytes_per_s"
    )
  })

  it("come from this machine", async () => {
    const samples: Array<Record<string, number>> = []
    const monitor = new SystemMonitor({
      intervalMs: 60_000,
      machine: true,
      label: "",
      onValues: (values) => samples.push(values)
    })
    await monitor.sample()
    await monitor.sample()
    monitor.stop()
    expect(samples[1]!["system/memory/percent"]).toBeGreaterThan(0)
    expect(samples[1]!["system/process/rss_bytes"]).toBeGreaterThan(1e6)
    expect(samples[1]!["system/cpu/percent"]).toBeGreaterThanOrEqual(0)
  })
})
