/**
 * Runs unmodified W&B clients against the built server: `npm run test:wandb [-- --all] [--torch] [--kills N] [--only WORDS]`.
 * Makes a Python environment with pinned packages under `.cache` the first time. Exit status 0: all passed, 1: one failed,
 * 3: the client cannot be installed here, which is told in one line.
 */
import { spawnSync } from "node:child_process"
import { createHash } from "node:crypto"
import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join, resolve } from "node:path"
import { Python } from "../packages/tracker-wandb/test/client/Python.mjs"
import { ServerProcess } from "../packages/tracker-wandb/test/client/ServerProcess.mjs"
import { scenarios } from "../packages/tracker-wandb/test/client/scenarios.mjs"

/** A package for the quick part; XGBoost's build without CUDA is the same module at a tenth of the size. */
const quickPackages = [
  "wandb==0.31.0",
  "numpy==2.4.6",
  "pillow==13.0.0",
  "soundfile==0.14.0",
  "scikit-learn==1.9.1",
  "xgboost-cpu==3.2.0"
]
const allPackages = [...quickPackages, "lightgbm==4.7.0", "catboost==1.2.10", "keras==3.15.1", "jax==0.10.2"]
const torchPackages = [
  "torch==2.15.0",
  "lightning==2.6.6",
  "transformers==5.24.0",
  "accelerate==1.15.0",
  "stable-baselines3==2.9.2",
  "tensorboard==2.21.0"
]

const argument = (name) => {
  const at = process.argv.indexOf(name)
  return at < 0 ? undefined : process.argv[at + 1]
}
const isFull = process.argv.includes("--all")
const hasTorch = process.argv.includes("--torch")
const only = argument("--only")
const kills = Number(argument("--kills") ?? (isFull ? 10 : 3))
/** Two jobs at a time: most of a job's time is waiting. */
const jobsAtOnce = 2

const cannot = (reason) => {
  console.log(`wandb: ${reason}`)
  process.exit(3)
}

const run = (command, args) => spawnSync(command, args, { encoding: "utf8", timeout: 900_000 })

const hasUv = run("uv", ["--version"]).status === 0

/** The folder of the environment's programs; an interrupted install leaves nothing that looks whole. */
const environment = (packages) => {
  const name = createHash("sha256").update(JSON.stringify(packages)).digest("hex").slice(0, 12)
  const folder = resolve(".cache/wandb", name)
  const bin = join(folder, "bin")
  if (existsSync(join(folder, "complete"))) return bin
  const started = Date.now()
  console.log(`wandb: installing ${packages.join(" ")}`)
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(resolve(".cache/wandb"), { recursive: true })
  const made = hasUv ? run("uv", ["venv", "--quiet", folder]) : run("python3", ["-m", "venv", folder])
  if (made.status !== 0) {
    cannot(`no Python environment can be made (${(made.stderr ?? "no python3").trim().split("\n").at(-1)})`)
  }
  const installed = hasUv
    ? run("uv", ["pip", "install", "--quiet", "--python", join(bin, "python"), ...packages])
    : run(join(bin, "python"), ["-m", "pip", "install", "--quiet", "--disable-pip-version-check", ...packages])
  if (installed.status !== 0) {
    rmSync(folder, { recursive: true, force: true })
    cannot(`the packages cannot be installed (${installed.stderr.trim().split("\n").at(-1)})`)
  }
  writeFileSync(`${join(folder, "complete")}.new`, "")
  renameSync(`${join(folder, "complete")}.new`, join(folder, "complete"))
  console.log(`wandb: installed in ${((Date.now() - started) / 1000).toFixed(0)} s`)
  return bin
}

const chosen = scenarios.filter(({ name, quick, torch }) => {
  if (only !== undefined) return name.includes(only)
  return torch ? hasTorch : isFull || quick
})
const needsAll = chosen.some(({ quick, torch }) => !quick && !torch)
const packages = [...(needsAll ? allPackages : quickPackages), ...(hasTorch ? torchPackages : [])]
const bin = process.env.WANLLMDB_TEST_WANDB_BIN ?? environment(packages)

// For the bench, which runs the same clients.
if (process.argv.includes("--environment")) {
  console.log(bin)
  process.exit(0)
}

if (!existsSync("packages/cli/dist/main.js")) {
  console.error("wandb: packages/cli/dist is missing, run npm run build")
  process.exit(1)
}

const root = mkdtempSync(join(tmpdir(), "wanllmdb-wandb-"))
let passed = 0
const failures = []

const tryScenario = async (scenario, index, shared) => {
  const folder = join(root, `s${index}`)
  mkdirSync(folder)
  const started = Date.now()
  const isAlone = scenario.alone === true || scenario.flags !== undefined
  const server = isAlone ? await new ServerProcess(folder, scenario.flags).start() : shared
  try {
    const python = new Python({ bin, url: server.url, folder })
    await scenario.run({ python, server, project: `s${index}`, kills })
    passed++
    console.log(`  ok ${scenario.name} (${((Date.now() - started) / 1000).toFixed(1)} s)`)
  } catch (error) {
    failures.push(scenario.name)
    console.log(`  FAILED ${scenario.name}\n${String(error instanceof Error ? error.stack : error).slice(0, 6_000)}`)
  } finally {
    if (isAlone) {
      await server.end()
      complaints(server)
    }
  }
}

/** Nothing that clients do may be the server's own trouble. */
const complaints = (server) => {
  const said = server.complaints.trim()
  if (said === "") return
  failures.push("the server complained")
  console.log(`  FAILED the server complained\n${said.slice(0, 4_000)}`)
}

const started = Date.now()
const shared = await new ServerProcess(join(root, "shared")).start()
const waiting = [...chosen.entries()]
await Promise.all(
  Array.from({ length: jobsAtOnce }, async () => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      await tryScenario(next[1], next[0], shared)
    }
  })
)
await shared.end()
complaints(shared)
if (failures.length === 0) rmSync(root, { recursive: true, force: true })
else console.log(`wandb: what the jobs left is in ${root}`)
const seconds = ((Date.now() - started) / 1000).toFixed(0)
const rest = scenarios.length - chosen.length
console.log(
  `wandb: ${passed} passed, ${failures.length} failed in ${seconds} s${rest > 0 ? `, ${rest} not asked for` : ""}`
)
mkdirSync(".cache", { recursive: true })
writeFileSync(
  ".cache/wandb-report.json",
  JSON.stringify({
    numPassedTests: passed,
    numFailedTests: failures.length,
    numPendingTests: 0,
    numTodoTests: 0,
    testResults: []
  })
)
process.exit(failures.length === 0 ? 0 : 1)
