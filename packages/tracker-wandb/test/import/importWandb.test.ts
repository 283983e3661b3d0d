import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { type LiveServer, liveServer } from "../../../server/test/liveServer.ts"
import { importWandb } from "../../src/import/index.ts"
import { wandb } from "../../src/index.ts"
import { records, wandbFile } from "./wandbFile.ts"

let server: LiveServer
const folder = mkdtempSync(join(tmpdir(), "wandb-import-"))
beforeAll(async () => {
  server = await liveServer({ plugins: [wandb()] })
})
afterAll(async () => {
  await server.close()
  rmSync(folder, { recursive: true })
})

const writeRun = (
  name: string,
  payloads: ReadonlyArray<Uint8Array>,
  options: { readonly keep?: number; readonly files?: Readonly<Record<string, string>> } = {}
) => {
  const directory = join(folder, name)
  mkdirSync(join(directory, "files", "media"), { recursive: true })
  const bytes = wandbFile(payloads)
  writeFileSync(join(directory, `run-${name.split("-").at(-1)}.wandb`), bytes.subarray(0, options.keep ?? bytes.length))
  for (const [path, text] of Object.entries(options.files ?? {})) writeFileSync(join(directory, "files", path), text)
}

const rows = (from: number, to: number) =>
  Array.from({ length: to - from }, (_, i) =>
    records.history(from + i, { loss: String(1 / (from + i + 1)), bad: "NaN" })
  )

// biome-ignore lint/suspicious/noExplicitAny: tests look into answers by name
const get = async (path: string): Promise<any> => (await fetch(`${server.url}/api/v1${path}`)).json()

const countOf = async (run: string, key: string) => {
  const { items } = await get(`/runs/local:${run}/metrics`)
  return items.find((item: { readonly key: string }) => item.key === key)?.count ?? 0
}

describe("importing W&B's directories", () => {
  it("brings over config, history, system metrics, console, summary, files and the end", async () => {
    writeRun(
      "offline-run-20260101_000000-first",
      [
        records.run("first", "demo", { lr: "0.1", "net>depth": "3" }),
        records.metric("val", "epoch"),
        records.config({ "net>width": "64" }),
        ...rows(0, 5),
        records.history(5, { "h>_type": '"histogram"', "h>values": "[1,2]", "h>bins": "[0,1,2]" }),
        records.stats(1_790_000_010, { cpu: "12.5" }),
        records.output("step 1\rstep 2\nlast"),
        records.summary({ best: "7" }),
        records.exit(0)
      ],
      { files: { "requirements.txt": "wandb==0.31.0\n", "media/a.txt": "x" } }
    )
    const [report] = await importWandb(folder, { url: server.url })
    expect(report).toMatchObject({
      run: "first",
      project: "demo",
      rows: 6,
      systemRows: 1,
      files: 2,
      warnings: [],
      error: null
    })
    const run = await get("/runs/local:demo:first")
    expect(run).toMatchObject({ name: "name of first", state: "finished", tags: ["a", "b"], exitCode: 0 })
    expect(run.config).toEqual({ lr: 0.1, net: { depth: 3, width: 64 } })
    expect(run.summary.best).toBe(7)
    const { items } = await get("/runs/local:demo:first/metrics")
    const kinds = Object.fromEntries(
      items.map((item: { readonly key: string; readonly kind: string }) => [item.key, item.kind])
    )
    expect(kinds).toEqual({ _runtime: "number", bad: "number", h: "histogram", loss: "number", "system/cpu": "number" })
    const { items: lines } = await get("/runs/local:demo:first/logs")
    expect(lines.map((line: { readonly text: string }) => line.text)).toEqual(["step 2", "last"])
    expect(
      (await get("/runs/local:demo:first/files")).items.map((file: { readonly path: string }) => file.path)
    ).toEqual(["media/a.txt", "requirements.txt"])
  })

  it("doubles nothing when it is repeated", async () => {
    await importWandb(folder, { url: server.url })
    await importWandb(folder, { url: server.url })
    expect(await countOf("demo:first", "loss")).toBe(5)
    expect((await get("/runs/local:demo:first/logs")).total).toBe(2)
  })

  it("puts the directories of a resumed run one behind the other by their start", async () => {
    writeRun("run-20260102_000000-again", [records.run("again", "demo"), ...rows(10, 20), records.exit(0)])
    writeRun("run-20260101_000000-again", [records.run("again", "demo"), ...rows(0, 10)])
    const reports = await importWandb(folder, { url: server.url })
    expect(reports.find(({ run }) => run === "again")).toMatchObject({
      directories: 2,
      rows: 20,
      error: null,
      warnings: []
    })
    expect(await countOf("demo:again", "loss")).toBe(20)
    expect(await get("/runs/local:demo:again")).toMatchObject({ state: "finished" })
  })

  it("keeps the readable part of a file that was cut off, and warns", async () => {
    const payloads = [records.run("torn", "demo"), ...rows(0, 50)]
    writeRun("offline-run-20260103_000000-torn", payloads, { keep: wandbFile(payloads).length - 10 })
    const report = (await importWandb(folder, { url: server.url })).find(({ run }) => run === "torn")
    expect(report).toMatchObject({ rows: 49, error: null })
    expect(report?.warnings.join("\n")).toMatch(/bytes behind the last whole record[\s\S]*has no end/)
    expect(await countOf("demo:torn", "loss")).toBe(49)
  })

  it("says of each run why it could not be sent, and needs a folder", async () => {
    const reports = await importWandb(folder, { url: server.url, entity: "graphql" })
    expect(reports.length).toBeGreaterThan(2)
    for (const { error } of reports) expect(error).toMatch(/entity/)
    await expect(importWandb(join(folder, "nowhere"), { url: server.url })).rejects.toThrow()
  })
})
