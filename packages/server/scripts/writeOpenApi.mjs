/** Writes `docs/openapi.json` from the built package: `node packages/server/scripts/writeOpenApi.mjs`. */
import { writeFileSync } from "node:fs"
import { fileURLToPath } from "node:url"
import { openApiDocument } from "../dist/index.js"

const target = fileURLToPath(new URL("../../../docs/openapi.json", import.meta.url))
writeFileSync(target, `${JSON.stringify(openApiDocument(""), null, 2)}\n`)
