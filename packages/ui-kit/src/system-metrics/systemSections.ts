/** Keys below `system/` as charts by part of the machine: devices of one kind share a chart, units stand in its title. */
import { byName, type GridChart, type GridSection } from "../chart-grid/keySections.ts"

const sections: ReadonlyArray<readonly [name: string, belongs: RegExp]> = [
  ["GPU", /^gpu\b/],
  ["CPU", /^cpu\b/],
  ["Memory", /^(memory|ram|swap)\b/],
  ["Disk", /^disk\b/],
  ["Network", /^(network|net)\b/],
  ["Process", /^(process|proc)\b/]
]
const others = "Other"

const gibi = 2 ** 30
const mebi = 2 ** 20
const wholePercent = { from: 0, to: 100 }
const fromZero = { from: 0, to: 0 }

/** Unit by the end of a key's name. */
const units: ReadonlyArray<
  readonly [ends: RegExp, unit: string, divisor: number, atLeast: GridChart["atLeast"] | null]
> = [
  [/[/._]bytes_per_s$/, "MiB/s", mebi, fromZero],
  [/_bytes_per_s$/, "MiB/s", mebi, fromZero],
  [/[/._]?bytes$/, "GiB", gibi, fromZero],
  [/[/._]?(percent|utilization)$/, "%", 1, wholePercent],
  [/_c$/, "°C", 1, null],
  [/_w$/, "W", 1, fromZero]
]

/** `gpu.0/power_w` and `gpu.1/power_w` are one chart: numbers of devices and names of processes are left out. */
const chartName = (name: string): string => name.replace(/^(gpu|cpu|disk|network|process)\.[^/]+/, "$1")

const titleOf = (name: string): Pick<GridChart, "title" | "divisor" | "atLeast"> => {
  const words = (text: string) => text.replace(/[/._]+/g, " ").trim()
  for (const [ends, unit, divisor, atLeast] of units) {
    if (!ends.test(name)) continue
    return { title: `${words(name.replace(ends, ""))}, ${unit}`, divisor, ...(atLeast === null ? {} : { atLeast }) }
  }
  return { title: words(name) }
}

export const systemSections = (keys: ReadonlyArray<string>): ReadonlyArray<GridSection> => {
  const byChart = new Map<string, Array<string>>()
  for (const key of [...keys].sort(byName)) {
    const name = chartName(key.replace(/^system\//, ""))
    byChart.set(name, [...(byChart.get(name) ?? []), key])
  }
  const found = new Map<string, Array<GridChart>>()
  for (const [name, members] of byChart) {
    const section = sections.find(([, belongs]) => belongs.test(name))?.[0] ?? others
    found.set(section, [...(found.get(section) ?? []), { ...titleOf(name), keys: members }])
  }
  return [...sections.map(([name]) => name), others].flatMap((name) => {
    const charts = found.get(name)
    return charts === undefined ? [] : [{ name, charts }]
  })
}
