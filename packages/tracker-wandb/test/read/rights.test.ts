import { keysAuth } from "@wanllmdb/server"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { ReadServer } from "./ReadServer.ts"

const server = new ReadServer({ auth: keysAuth() })
const keys: Record<"member" | "viewer" | "ingest" | "elsewhere", string> = {
  member: "",
  viewer: "",
  ingest: "",
  elsewhere: ""
}
let id = ""
const secret = /classified/
beforeAll(async () => {
  const { wan } = server
  for (const role of ["member", "viewer", "ingest"] as const) keys[role] = (await wan.keys.create({ role })).key
  const other = await wan.projects.create({ name: "other" })
  keys.elsewhere = (await wan.keys.create({ role: "member", projects: [other.id] })).key
  const headers = { authorization: `Bearer ${keys.member}` }
  const config = JSON.stringify({ classified: { value: 1 } })
  const made = await server.upsert(
    "theirs",
    { displayName: "classified", config, groupName: "classified" },
    { headers }
  )
  id = made.id ?? made.bucket.id
})
afterAll(() => server.wan.close())

const reads: ReadonlyArray<readonly [string, object, string]> = [
  ["Run", { name: "theirs" }, "config summaryMetrics historyKeys"],
  ["Runs", { filters: "{}" }, "config"],
  ["QueryRunInfo", { run: "theirs" }, ""],
  ["RunState", { run: "theirs" }, ""],
  ["RunHistoryKeys", { name: "theirs" }, ""],
  ["HistoryPage", { run: "theirs", minStep: 0, maxStep: 9, pageSize: 9 }, ""],
  ["RunSampledHistory", { name: "theirs", specs: ['{"keys":["_step"]}'] }, ""],
  ["RunFullHistory", { name: "theirs" }, "history(samples: 1)"],
  ["RunFiles", { name: "theirs" }, ""],
  ["RunConsoleLogPage", { runName: "theirs" }, ""],
  ["RunConsoleLogTail", { runName: "theirs", last: 5 }, ""],
  ["GetProject", { name: "p" }, ""],
  ["GetSweeps", { filters: "{}" }, ""]
]

/** What stands where a run or project would; the same as for one that does not exist. */
const isAbsent = (data: { readonly project: unknown }): boolean =>
  data.project === null || (data.project as { readonly run?: unknown }).run === null

describe("the public API", () => {
  it.each(reads)("%s answers a reader", async (operation, variables, fields) => {
    expect(isAbsent(await server.ask(operation, variables, fields, keys.viewer))).toBe(false)
  })

  it.each(reads)("%s answers a key that only writes as if nothing were there", async (operation, variables, fields) => {
    const data = await server.ask(operation, variables, fields, keys.ingest)
    expect(isAbsent(data)).toBe(true)
    expect(JSON.stringify(data)).not.toMatch(secret)
    const missing = await server.ask(
      operation,
      { ...variables, project: "none", ...("name" in variables && { name: "none" }) },
      fields,
      keys.viewer
    )
    expect(isAbsent(missing)).toBe(true)
  })

  it.each(reads)(
    "%s answers a key of another project as if nothing were there",
    async (operation, variables, fields) => {
      expect(isAbsent(await server.ask(operation, variables, fields, keys.elsewhere))).toBe(true)
    }
  )

  it("lists no project that may not be known", async () => {
    const names = async (key: string) =>
      (await server.ask("GetProjects", {}, "", key)).models.edges.map(
        ({ node }: { node: { name: string } }) => node.name
      )
    expect(await names(keys.viewer)).toContain("p")
    expect(await names(keys.elsewhere)).toEqual(["other"])
    expect(await names(keys.ingest)).toEqual([])
  })

  it("lets only those delete who may, and reads no deleted run", async () => {
    await expect(server.ask("DeleteRun", { id }, "", keys.viewer)).rejects.toThrow(/403/)
    await expect(server.ask("DeleteRun", { id }, "", keys.elsewhere)).rejects.toThrow(/404/)
    await expect(server.ask("DeleteRun", { id }, "", keys.ingest)).rejects.toThrow(/404/)
    await expect(server.ask("DeleteRun", { id: "bm9uZQ==" }, "", keys.member)).rejects.toThrow(/404/)
    await server.ask("DeleteRun", { id }, "", keys.member)
    expect(isAbsent(await server.ask("Run", { name: "theirs" }, "", keys.member))).toBe(true)
  })
})
