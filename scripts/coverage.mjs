/** Line coverage per package, from vitest's summary. Each package must reach the floor. */
import { existsSync, readFileSync } from "node:fs"
import { relative } from "node:path"

const floor = 80
const file = "coverage/coverage-summary.json"
if (!existsSync(file)) {
  console.error("coverage: no summary was written")
  process.exit(1)
}
const packages = new Map()
for (const [path, entry] of Object.entries(JSON.parse(readFileSync(file, "utf8")))) {
  const name = /^packages\/([^/]+)\//.exec(relative(process.cwd(), path))?.[1]
  if (name === undefined) continue
  const sum = packages.get(name) ?? { covered: 0, total: 0 }
  packages.set(name, { covered: sum.covered + entry.lines.covered, total: sum.total + entry.lines.total })
}
let low = false
for (const [name, { covered, total }] of packages) {
  const percent = total === 0 ? 100 : (100 * covered) / total
  if (percent < floor) low = true
  console.log(
    `coverage ${name.padEnd(16)} ${percent.toFixed(1)} % of ${total} lines${percent < floor ? `  below ${floor} %` : ""}`
  )
}
process.exit(low ? 1 : 0)
