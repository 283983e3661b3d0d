/** Runs one bench or all of them, one after another: `npm run bench`, `npm run bench:<name>`. Builds what they measure first. */
import { spawnSync } from "node:child_process"
import { existsSync, readdirSync } from "node:fs"

const asked = process.argv.slice(2).filter((argument) => !argument.startsWith("-"))
const options = process.argv.slice(2).filter((argument) => argument.startsWith("-"))
if (!options.includes("--no-build")) {
  const built = spawnSync("npm", ["run", "build", "--silent"], { stdio: "inherit" })
  if (built.status !== 0) process.exit(1)
}
const folder = "bench/dist"
if (!existsSync(folder)) {
  console.error("bench: bench/dist is missing, run npm run build")
  process.exit(1)
}
const all = readdirSync(folder)
  .filter((file) => file.endsWith(".js") && !file.startsWith("chunk-"))
  .map((file) => file.slice(0, -3))
  .sort()
const unknown = asked.filter((name) => !all.includes(name))
if (unknown.length > 0) {
  console.error(`bench: no bench named ${unknown.join(", ")}; there are ${all.join(", ")}`)
  process.exit(2)
}
let failed = false
for (const name of asked.length > 0 ? asked : all) {
  const result = spawnSync(process.execPath, ["--expose-gc", `${folder}/${name}.js`], { stdio: "inherit" })
  if (result.status !== 0) failed = true
}
process.exit(failed ? 1 : 0)
