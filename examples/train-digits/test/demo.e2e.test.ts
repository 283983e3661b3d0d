/** README command 1, as a test: built server, three real trainings, every page answers. */
import { execFile } from "node:child_process"
import { fileURLToPath } from "node:url"
import { expect, it } from "vitest"

const script = fileURLToPath(new URL("../../../scripts/demo.mjs", import.meta.url))

it("the demonstration trains three runs and ends with 0", async () => {
  const { code, out } = await new Promise<{ code: number; out: string }>((resolve) => {
    execFile(process.execPath, [script, "--once", "--no-build"], { timeout: 110_000 }, (error, stdout, stderr) =>
      resolve({ code: error === null ? 0 : Number(error.code ?? 1), out: stdout + stderr })
    )
  })
  expect(out).toMatch(/^baseline +30 +0\.\d+ +9[5-9]\.\d\d % +http/m)
  expect(out).toMatch(/^wide, slow +30 /m)
  expect(out).toMatch(/^deep, fast +30 /m)
  expect(out).not.toContain("page fault")
  expect(code).toBe(0)
})
