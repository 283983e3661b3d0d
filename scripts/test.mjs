/**
 * The test command. Builds first, because workers, the command and the smoke tests run what is published, then runs every
 * test that this machine can run, with coverage. What cannot run is named with its reason. The last line counts all tests.
 */
import { spawnSync } from "node:child_process"
import { existsSync, mkdirSync, readFileSync, rmSync } from "node:fs"

const npm = (...args) => spawnSync("npm", args, { stdio: "inherit" }).status ?? 1

const chromium = process.env.CHROMIUM_PATH ?? "/usr/bin/chromium"
const hasChromium = existsSync(chromium)
const skipped = []
if (!hasChromium) {
  skipped.push(["browser", `no Chromium at ${chromium}: install Debian's "chromium" or set CHROMIUM_PATH`])
}

if (!process.argv.includes("--no-build") && npm("run", "build") !== 0) {
  console.error("test: the build failed")
  process.exit(1)
}

mkdirSync(".cache", { recursive: true })
const report = ".cache/vitest.json"
rmSync(report, { force: true })
const projects = ["node", ...(hasChromium ? ["browser"] : []), "e2e"].flatMap((name) => ["--project", name])
const run = spawnSync(
  "npx",
  ["vitest", "run", ...projects, "--coverage", "--reporter=default", "--reporter=json", `--outputFile.json=${report}`],
  { stdio: "inherit", env: { ...process.env, WANLLMDB_BROWSER: hasChromium ? "1" : "" } }
)
let failed = run.status !== 0

const coverage = spawnSync("node", ["scripts/coverage.mjs"], { stdio: "inherit" })
// Without a browser the elements cannot be covered, so the floor is only asked for where everything ran.
if (hasChromium && coverage.status !== 0) failed = true

for (const [name, reason] of skipped) console.log(`SKIPPED ${name}: ${reason}`)
if (!existsSync(report)) {
  console.error("test: the runner wrote no report")
  process.exit(1)
}
const counts = JSON.parse(readFileSync(report, "utf8"))
const pending = counts.numPendingTests + counts.numTodoTests
for (const file of counts.testResults) {
  for (const test of file.assertionResults) {
    if (test.status === "pending" || test.status === "skipped") console.log(`SKIPPED test: ${test.fullName}`)
  }
}
console.log(`${counts.numPassedTests} passed, ${counts.numFailedTests} failed, ${pending} skipped`)
process.exit(failed || counts.numFailedTests > 0 || counts.numPassedTests === 0 ? 1 : 0)
