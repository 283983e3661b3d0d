/** Checks each package as a consumer would find it: publint, are-the-types-wrong (ESM only), and the lockfile's freedom from addresses. */
import { spawnSync } from "node:child_process"
import { readFileSync } from "node:fs"

const names = [
  "core",
  "storage-sql",
  "storage-sqlite",
  "storage-fs",
  "server",
  "tracker-node",
  "tracker-wandb",
  "ui-kit",
  "app",
  "cli"
]
let failed = false
const run = (label, command, args) => {
  const result = spawnSync(command, args, { encoding: "utf8" })
  if (result.status !== 0) {
    failed = true
    console.error(`${label}: failed\n${result.stdout}${result.stderr}`)
  } else console.log(`${label}: ok`)
}
for (const name of names) {
  run(`publint ${name}`, "npx", ["publint", "--strict", `packages/${name}`])
  run(`attw ${name}`, "npx", [
    "attw",
    "--pack",
    `packages/${name}`,
    "--profile",
    "esm-only",
    "--quiet",
    "--exclude-entrypoints",
    "theme.css",
    "custom-elements.json"
  ])
}
const lock = readFileSync("package-lock.json", "utf8")
if (/"resolved": *"https?:/.test(lock)) {
  failed = true
  console.error("package-lock.json: names a registry address")
}
process.exit(failed ? 1 : 0)
