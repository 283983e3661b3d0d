/**
 * The test command. Builds first, because workers, the command and the smoke tests run what is published, then runs every
 * test that this machine can run, with coverage. What cannot run is named with its reason. The last line counts all tests.
 */
import { spawnSync } from "node:child_process"
import { existsSync, mkdirSync, readFileSync, rmSync } from "node:fs"
import { createRequire } from "node:module"

const npm = (...args) => spawnSync("npm", args, { stdio: "inherit" }).status ?? 1

const chromium = process.env.CHROMIUM_PATH ?? "/usr/bin/chromium"
const hasChromium = existsSync(chromium)
const skipped = []
if (!hasChromium) {
  skipped.push(["browser", `no Chromium at ${chromium}: install Debian's "chromium" or set CHROMIUM_PATH`])
}

try {
  createRequire(import.meta.url)("better-sqlite3")
} catch {
  skipped.push(["better-sqlite3", "npm found neither a binary nor a compiler; stores run on the node:sqlite interface"])
}

if (!process.argv.includes("--no-build") && npm("run", "build") !== 0) {
  console.error("test: the build failed")
  process.exit(1)
}

mkdirSync(".cache", { recursive: true })

/** Runs some of the projects and gives what the runner reported. */
const runTests = (name, projects, options) => {
  const report = `.cache/vitest-${name}.json`
  rmSync(report, { force: true })
  const run = spawnSync(
    "npx",
    [
      "vitest",
      "run",
      ...projects.flatMap((project) => ["--project", project]),
      ...options,
      "--reporter=default",
      "--reporter=json",
      `--outputFile.json=${report}`
    ],
    { stdio: "inherit" }
  )
  if (run.status !== 0) failed = true
  if (existsSync(report)) return JSON.parse(readFileSync(report, "utf8"))
  console.error(`test: the runner wrote no report of ${name}`)
  process.exit(1)
}

let failed = false
const counts = [
  runTests("units", hasChromium ? ["node", "browser"] : ["node"], ["--coverage"]),
  // Alone, because these tests watch how soon a page shows what a server got.
  runTests("e2e", ["e2e"], [])
]

// Unmodified W&B clients, where Python and the client can be had.
const wandbReport = ".cache/wandb-report.json"
rmSync(wandbReport, { force: true })
const wandb = spawnSync("node", ["scripts/test-wandb.mjs"], { stdio: "inherit" })
if (wandb.status === 3) skipped.push(["wandb", "the W&B client cannot be installed here (the reason stands above)"])
else if (existsSync(wandbReport)) counts.push(JSON.parse(readFileSync(wandbReport, "utf8")))
if (wandb.status !== 0 && wandb.status !== 3) failed = true

const coverage = spawnSync("node", ["scripts/coverage.mjs"], { stdio: "inherit" })
// Without a browser the elements cannot be covered, so the floor is only asked for where everything ran.
if (hasChromium && coverage.status !== 0) failed = true

for (const [name, reason] of skipped) console.log(`SKIPPED ${name}: ${reason}`)
for (const { testResults } of counts) {
  for (const test of testResults.flatMap(({ assertionResults }) => assertionResults)) {
    if (test.status === "pending" || test.status === "skipped") console.log(`SKIPPED test: ${test.fullName}`)
  }
}
const sum = (pick) => counts.reduce((total, report) => total + pick(report), 0)
const passed = sum((report) => report.numPassedTests)
const broken = sum((report) => report.numFailedTests)
const pending = sum((report) => report.numPendingTests + report.numTodoTests)
console.log(`${passed} passed, ${broken} failed, ${pending} skipped`)
process.exit(failed || broken > 0 || passed === 0 ? 1 : 0)
