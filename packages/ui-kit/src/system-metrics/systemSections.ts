/**
 * Keys below `system/` as charts by part of the machine: devices of one kind share a chart, so do the two directions of a
 * disk or a network; units stand in the title.
 */
import { byName, type GridChart, type GridSection } from "../chart-grid/keySections.ts"

/** Parts in their order; those of one section are charts side by side. */
const parts: ReadonlyArray<readonly [belongs: RegExp, section: string]> = [
  [/^gpu\b/, "GPU"],
  [/^cpu\b/, "Machine"],
  [/^(memory|ram|swap)\b/, "Machine"],
  [/^disk\b/, "Machine"],
  [/^(network|net)\b/, "Machine"],
  [/^(process|proc)\b/, "Process"],
  [/^/, "Other"]
]

const gibi = 2 ** 30
const mebi = 2 ** 20
const wholePercent = { from: 0, to: 100 }
const fromZero = { from: 0, to: 0 }

interface Unit {
  readonly ends: RegExp
  readonly unit: string
  readonly divisor: number
  readonly atLeast?: GridChart["atLeast"]
}

const units: ReadonlyArray<Unit> = [
  { ends: /[/._]?bytes_per_s$/, unit: "MiB/s", divisor: mebi, atLeast: fromZero },
  { ends: /[/._]?bytes$/, unit: "GiB", divisor: gibi, atLeast: fromZero },
  { ends: /[/._]?percent$/, unit: "%", divisor: 1, atLeast: wholePercent },
  { ends: /(?<=utilization)$/, unit: "%", divisor: 1, atLeast: wholePercent },
  { ends: /_c$/, unit: "°C", divisor: 1 },
  { ends: /_w$/, unit: "W", divisor: 1, atLeast: fromZero }
]

/** What keys of one chart have in common: no numbers of devices, names of processes, or directions of traffic. */
const chartName = (name: string): string =>
  name
    .replace(/^(gpu|cpu|disk|network|process)\.[^/.]+/, "$1")
    .replace(/^(disk|network)([/.])(read|write|written|received|sent)_/, "$1$2")

const chartOf = (name: string, keys: ReadonlyArray<string>): GridChart => {
  const found = units.find(({ ends }) => ends.test(name))
  const title = name
    .replace(found?.ends ?? "", "")
    .replace(/[/._]+/g, " ")
    .trim()
  if (found === undefined) return { title, keys }
  return { title: `${title}, ${found.unit}`, keys, divisor: found.divisor, atLeast: found.atLeast }
}

export const systemSections = (keys: ReadonlyArray<string>): ReadonlyArray<GridSection> => {
  const byChart = new Map<string, Array<string>>()
  for (const key of [...keys].sort(byName)) {
    const name = chartName(key.replace(/^system\//, ""))
    byChart.set(name, [...(byChart.get(name) ?? []), key])
  }
  const rank = (name: string) => parts.findIndex(([belongs]) => belongs.test(name))
  const sections = new Map<string, Array<GridChart>>()
  for (const [name, members] of [...byChart].sort(([a], [b]) => rank(a) - rank(b))) {
    const section = parts[rank(name)]![1]
    sections.set(section, [...(sections.get(section) ?? []), chartOf(name, members)])
  }
  return [...sections].map(([name, charts]) => ({ name, charts }))
}
