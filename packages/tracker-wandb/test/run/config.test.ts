import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { readMetricDefinitions } from "../../src/run/metricDefinitions.ts"
import { clientName, metricName } from "../../src/run/metricName.ts"
import { readEnvironment } from "../../src/run/readEnvironment.ts"
import { printWandbConfig, readWandbConfig } from "../../src/run/wandbConfig.ts"
import type { Json } from "../../src/wire/toJson.ts"

describe("the client's config", () => {
  it("comes back as it was sent", () => {
    const key = fc.string({ minLength: 1 }).filter((name) => name !== "_wandb" && name !== "wandb_version")
    fc.assert(
      fc.property(fc.dictionary(key, fc.jsonValue({ maxDepth: 3 })), (config) => {
        const entries = Object.entries(config).map(([name, value]) => [name, { value }])
        // As it comes over the wire, which writes -0 as 0.
        const document = JSON.parse(JSON.stringify(Object.fromEntries(entries)))
        const read = readWandbConfig({ ...document, _wandb: { value: { t: { 5: "0.31.0" } } }, wandb_version: 1 })
        const expected = JSON.parse(JSON.stringify(config)) as { [key: string]: Json }
        expect(read.config).toEqual(expected)
        expect(JSON.parse(printWandbConfig(read.config, read.own))).toEqual({
          ...document,
          _wandb: { value: { t: { 5: "0.31.0" } } }
        })
      })
    )
  })

  it("takes values that stand alone, and refuses a part of its own that is no object", () => {
    expect(readWandbConfig({ lr: 0.1, net: { value: { a: 1 }, desc: null } }).config).toEqual({
      lr: 0.1,
      net: { a: 1 }
    })
    expect(() => readWandbConfig({ _wandb: 1 })).toThrow(/_wandb/)
    expect(printWandbConfig({}, null)).toBe("{}")
  })
})

describe("definitions of metrics", () => {
  it("read names, patterns, step metrics by name and by place, summaries and goals", () => {
    const list = [
      { 1: "epoch" },
      { 2: "val/*", 5: 1, 6: [1, 2], 7: [2] },
      { 1: "loss", 4: "_step", 7: [4], 8: 1 },
      { 1: "acc", 7: [4], 8: 2 },
      { 1: "free", 7: [4] },
      { 1: "system.cpu", 7: [1, 2] }
    ]
    expect(readMetricDefinitions(list)).toEqual([
      { name: "epoch" },
      { name: "val/*", stepMetric: "epoch", summary: "max", hidden: true },
      { name: "loss", summary: "best", goal: "minimize" },
      { name: "acc", summary: "best", goal: "maximize" },
      { name: "free" },
      { name: "system/cpu" }
    ])
  })

  it("leave out what they do not know", () => {
    expect(readMetricDefinitions("x")).toEqual([])
    expect(readMetricDefinitions([1, {}, { 2: "a*b" }, { 2: "" }, { 1: "a", 5: 9 }])).toEqual([{ name: "a" }])
  })
})

describe("the environment", () => {
  it("is read from what the first writer captured", () => {
    const own = {
      python_version: "3.11.7",
      e: {
        w: {
          os: "Linux",
          host: "machine",
          program: "train.py",
          args: ["--lr", "1"],
          cpu_count: 8,
          memory: { total: "1024" },
          gpu_nvidia: [{ name: "H100" }, {}],
          git: { remote: "r", commit: "c" }
        }
      }
    }
    expect(readEnvironment(own)).toEqual({
      os: "Linux",
      host: "machine",
      runtime: "3.11.7",
      command: "train.py --lr 1",
      cpuCount: 8,
      memoryBytes: 1024,
      gpus: ["H100"],
      git: { remote: "r", commit: "c" }
    })
    expect(readEnvironment({ e: { w: { gpu: "T4", git: {} } } })).toEqual({ gpus: ["T4"] })
    for (const none of [null, {}, { e: {} }, { e: { w: 1 } }]) expect(readEnvironment(none)).toBeNull()
  })

  it("names samples of the machine both ways", () => {
    expect(clientName(metricName("system.gpu.0"))).toBe("system.gpu.0")
    expect(metricName("systems.x")).toBe("systems.x")
  })
})
