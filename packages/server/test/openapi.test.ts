import { readFileSync } from "node:fs"
import { describe, expect, it } from "vitest"
import { openApiDocument } from "../src/index.ts"

describe("docs/openapi.json", () => {
  it("is what the server serves (else: npm run build -w packages/server && node packages/server/scripts/writeOpenApi.mjs)", () => {
    const written = JSON.parse(readFileSync(new URL("../../../docs/openapi.json", import.meta.url), "utf8"))
    expect(written).toEqual(JSON.parse(JSON.stringify(openApiDocument(""))))
  })
})
