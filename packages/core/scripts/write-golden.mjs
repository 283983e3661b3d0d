/**
 * Writes the golden vectors' bytes from their JSON: `npm run build -w @wanllmdb/core && node packages/core/scripts/write-golden.mjs`.
 * The JSON files are the truth that people read; clients in other languages test themselves against both. Bytes change only with
 * the version of a format.
 */
import { readdirSync, readFileSync, writeFileSync } from "node:fs"
import { dirname, join } from "node:path"
import { fileURLToPath } from "node:url"
import * as metric from "../dist/metric/index.js"
import { goldenBytes } from "./goldenBytes.mjs"

const folder = join(dirname(fileURLToPath(import.meta.url)), "../golden")

for (const file of readdirSync(folder).filter((name) => name.endsWith(".json"))) {
  const vector = JSON.parse(readFileSync(join(folder, file), "utf8"))
  if (vector.format === "bad-frames") continue
  for (const [name, bytes] of Object.entries(goldenBytes(metric, vector))) {
    writeFileSync(join(folder, file.replace(/\.json$/, `.${name}.bin`)), bytes)
  }
}
