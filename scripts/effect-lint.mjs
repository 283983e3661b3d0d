/** Effect's own diagnostics (floating effects, missing `return yield*`, outdated API) over every package that uses Effect. */
import { spawnSync } from "node:child_process"

const packages = ["core", "storage-sql", "storage-sqlite", "storage-fs", "server", "cli"]
const config = JSON.stringify({ name: "@effect/language-service", diagnostics: true })
let failed = false
for (const name of packages) {
  const result = spawnSync(
    "npx",
    [
      "effect-tsgo",
      "diagnostics",
      "--project",
      `packages/${name}/tsconfig.json`,
      "--format",
      "text",
      "--severity",
      "error,warning",
      "--strict",
      "--lspconfig",
      config
    ],
    { encoding: "utf8" }
  )
  const output = `${result.stdout}${result.stderr}`.trim()
  if (result.status !== 0 || /Checked 0 files/.test(output)) {
    failed = true
    console.error(`effect-lint ${name}\n${output}`)
  } else console.log(`effect-lint ${name}: ${output.split("\n").at(-1)}`)
}
process.exit(failed ? 1 : 0)
