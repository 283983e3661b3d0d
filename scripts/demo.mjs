/**
 * `npm run demo`: builds what is missing, starts the built reference server, trains three real runs beside each other while
 * the page shows them live, prints a result table, and stays up. `-- --once` ends instead: 0, or 1 when a run failed or a
 * page of the app does not answer.
 */
import { spawn, spawnSync } from "node:child_process"
import { existsSync, mkdtempSync, readdirSync, rmSync, statSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { parseArgs } from "node:util"

const { values: flags } = parseArgs({
  options: {
    once: { type: "boolean", default: false },
    /** Data folder. Default: ./wanllmdb-data, with --once a temporary one. */
    data: { type: "string" },
    port: { type: "string" },
    "no-build": { type: "boolean", default: false },
    /** Least milliseconds of an epoch; a demonstration that is over at once shows nothing live. */
    pace: { type: "string" }
  }
})

const root = new URL("..", import.meta.url).pathname
process.chdir(root)

const trainings = [
  { name: "baseline", args: ["--lr", "0.003", "--hidden", "64,32", "--epochs", "30", "--seed", "1"] },
  { name: "wide, slow", args: ["--lr", "0.001", "--hidden", "128", "--epochs", "30", "--seed", "1"] },
  { name: "deep, fast", args: ["--lr", "0.01", "--hidden", "64,64,32", "--epochs", "30", "--seed", "2"] }
]
const serverFile = "examples/reference-server/dist/main.js"
const trainerFile = "examples/train-digits/dist/main.js"

const children = new Set()
let data = flags.data
let temporary = null

const finish = (status) => {
  for (const child of children) child.kill("SIGTERM")
  if (temporary !== null) rmSync(temporary, { recursive: true, force: true })
  process.exit(status)
}

/** The newest change under any source folder, so that an old build is not shown. */
const newest = (folder) =>
  readdirSync(folder, { recursive: true, withFileTypes: true }).reduce((latest, entry) => {
    const path = join(entry.parentPath ?? entry.path, entry.name)
    return !entry.isFile() || /node_modules|\/(dist|test|\.cache)\//.test(path)
      ? latest
      : Math.max(latest, statSync(path).mtimeMs)
  }, 0)

const builtAll = () => {
  const outputs = [serverFile, trainerFile, "packages/app/dist/index.js"]
  if (!outputs.every((file) => existsSync(file))) return false
  const oldest = Math.min(...outputs.map((file) => statSync(file).mtimeMs))
  return Math.max(newest("packages"), newest("examples")) <= oldest
}

const build = () => {
  console.log("Building …")
  const built = spawnSync("npm", ["run", "build", "--silent"], { encoding: "utf8", maxBuffer: 1 << 26 })
  if (built.status !== 0) {
    console.error(built.stdout, built.stderr)
    console.error("demo: the build failed")
    process.exit(1)
  }
}

/** Starts a Node program and gives its lines to `onLine`. */
const start = (file, args, env, onLine) => {
  const child = spawn(process.execPath, [file, ...args], {
    env: { ...process.env, ...env },
    stdio: ["ignore", "pipe", "pipe"]
  })
  children.add(child)
  let rest = ""
  const take = (chunk) => {
    const lines = (rest + chunk).split("\n")
    rest = lines.pop()
    for (const line of lines) onLine(line)
  }
  child.stdout.setEncoding("utf8").on("data", take)
  child.stderr.setEncoding("utf8").on("data", take)
  const ended = new Promise((resolve) =>
    child.on("exit", (code, signal) => {
      children.delete(child)
      resolve(code ?? signal)
    })
  )
  return { child, ended }
}

const freePort = async () => {
  if (flags.port !== undefined) return flags.port
  if (flags.once) return "0"
  const { createServer } = await import("node:net")
  for (let port = 8080; port < 8180; port++) {
    const free = await new Promise((resolve) => {
      const probe = createServer()
      probe.once("error", () => resolve(false))
      probe.listen(port, "127.0.0.1", () => probe.close(() => resolve(true)))
    })
    if (free) return String(port)
  }
  return "0"
}

const startServer = async () => {
  let output = ""
  const port = await freePort()
  return new Promise((resolve, reject) => {
    const server = start(serverFile, [], { PORT: port, WANLLMDB_DATA: data }, (line) => {
      output += `${line}\n`
      const url = /^wanLLMDB ready at (\S+)/.exec(line)?.[1]
      if (url !== undefined) resolve(url)
      else console.error(`server: ${line}`)
    })
    server.ended.then((code) => reject(new Error(`the server ended (${code})\n${output}`)))
  })
}

const train = async ({ name, args }, url, pace) => {
  let result = null
  let last = ""
  const env = { WANLLMDB_URL: url, WANLLMDB_DIR: join(data, "spool"), WANLLMDB_MODE: "online" }
  const training = start(trainerFile, ["--name", name, "--group", "demo", "--pace", pace, ...args], env, (line) => {
    last = line
    if (line.startsWith("{")) result = JSON.parse(line)
    else if (/^epoch \d*(?:0|5)\//.test(line)) console.log(`${name.padEnd(11)} ${line}`)
  })
  const code = await training.ended
  return { name, ok: code === 0 && result?.delivered === true, code, result, last }
}

/** A page answers when it is HTML that names the product; every file that it loads must answer too. */
const checkPage = async (url) => {
  const response = await fetch(url, { headers: { accept: "text/html" } })
  const text = await response.text()
  if (response.status !== 200 || !/wanllmdb/i.test(text)) return `${url} answered ${response.status}`
  for (const [, path] of text.matchAll(/(?:src|href)="([^"#]+\.(?:js|css|svg|png|ico|woff2))"/g)) {
    const asset = await fetch(new URL(path, text.includes("<base") ? baseOf(text, url) : url))
    await asset.arrayBuffer()
    if (asset.status !== 200) return `${asset.url} answered ${asset.status}`
  }
  return null
}

const baseOf = (html, url) => new URL(/<base href="([^"]*)"/.exec(html)?.[1] ?? "", url)

process.on("SIGINT", () => finish(130))
process.on("SIGTERM", () => finish(0))

if (!flags["no-build"] && !builtAll()) build()
if (data === undefined) {
  if (flags.once) temporary = mkdtempSync(join(tmpdir(), "wanllmdb-demo-"))
  data = temporary ?? "wanllmdb-data"
}

try {
  const url = await startServer()
  console.log(`\n  wanLLMDB is at ${url}\n  The project is  ${url}/local/digits\n`)
  console.log("Training three neural networks on 1,797 handwritten digits …")
  const results = await Promise.all(
    trainings.map((training) => train(training, url, flags.pace ?? (flags.once ? "0" : "500")))
  )

  console.log(`\n${"RUN".padEnd(12)}${"EPOCHS".padStart(7)}${"VAL LOSS".padStart(10)}${"VAL ACC".padStart(9)}  PAGE`)
  for (const { name, ok, result, code, last } of results) {
    if (!ok) console.log(`${name.padEnd(12)}failed (${code}) ${last}`)
    else {
      const accuracy = `${(100 * result.validationAccuracy).toFixed(2)} %`
      const loss = result.validationLoss.toFixed(4)
      console.log(
        `${name.padEnd(12)}${String(result.epochs).padStart(7)}${loss.padStart(10)}${accuracy.padStart(9)}  ${result.url}`
      )
    }
  }
  const pages = [
    `${url}/`,
    `${url}/local/digits`,
    ...results.flatMap(({ result }) => (result?.url ? [result.url] : []))
  ]
  const faults = (await Promise.all(pages.map(checkPage))).filter((fault) => fault !== null)
  for (const fault of faults) console.log(`page fault: ${fault}`)
  const failed = faults.length > 0 || results.some(({ ok }) => !ok)
  if (flags.once) finish(failed ? 1 : 0)
  console.log(`\nStill serving at ${url} — Ctrl+C ends it.`)
} catch (error) {
  console.error(`demo: ${error instanceof Error ? error.message : String(error)}`)
  finish(1)
}
