import { describe, expect, it } from "vitest"
import { range, TrackerServer } from "./TrackerServer.ts"

const config = (values: object) =>
  JSON.stringify(Object.fromEntries(Object.entries(values).map(([name, value]) => [name, { value }])))

const line = (text: string, number = 0) => ({ files: { "output.log": { offset: number, content: [text] } } })

describe("a run of the client", () => {
  it("gets a readable name where it has none, and keeps its id", async () => {
    const server = new TrackerServer()
    const { bucket, inserted } = await server.upsert("abc123")
    expect(inserted).toBe(true)
    expect(bucket.name).toBe("abc123")
    expect(bucket.displayName).toMatch(/^[a-z]+-[a-z]+-\d+$/)
    expect((await server.upsert("abc123")).inserted).toBe(false)
  })

  it("with an id that is no slug never meets another", async () => {
    const server = new TrackerServer()
    const slugs = new Set<string>()
    for (const id of ["a b", "a-b", "a/b", "_ab", "ü", `${"x".repeat(200)}1`, `${"x".repeat(200)}2`]) {
      slugs.add((await server.upsert(id)).bucket.name)
    }
    expect(slugs.size).toBe(7)
    const response = await server.post("/files/local/p/a%20b/file_stream", '{"complete":true,"exitcode":0}')
    expect(response.status).toBe(200)
  })

  it("has the config that was sent last, whole", async () => {
    const server = new TrackerServer()
    await server.upsert("r", { config: config({ net: { a: 1, b: 2 }, lr: 1 }) })
    await server.upsert("r", { config: config({ net: { c: 3 } }) })
    expect((await server.held("r")).config).toEqual({ net: { c: 3 } })
  })

  it("keeps what other writers of shared mode configured", async () => {
    const server = new TrackerServer()
    const headers = { "x-wandb-use-async-filestream": "true" }
    await server.upsert("r", { config: config({ a: { x: 1 } }) }, { headers })
    await server.upsert("r", { config: config({ b: 2, a: { y: 1 } }) }, { headers })
    expect((await server.held("r")).config).toEqual({ a: { y: 1 }, b: 2 })
  })

  it("starts from its parent's config when it is a fork", async () => {
    const server = new TrackerServer()
    await server.upsert("parent", { config: config({ lr: 1, net: "a" }) })
    await server.rows(
      "parent",
      0,
      range(0, 5).map((step) => ({ _step: step, _runtime: step, _timestamp: step, loss: step }))
    )
    const branch = { branch_point: { run_id: "parent", step: 2 } }
    await server.upsert("child", { config: config({ net: "b", _wandb: branch }) })
    expect((await server.held("child")).config).toEqual({ lr: 1, net: "b" })
    await server.upsert("child", { config: config({ net: "c", _wandb: branch }) })
    expect((await server.held("child")).config).toEqual({ lr: 1, net: "c" })
    expect((await server.points("child", "loss")).map(({ value }) => value)).toEqual([0, 1, 2])
    expect((await server.upsert("child")).bucket.historyLineCount).toBe(3)
  })

  it("tells a client that resumes how far it came", async () => {
    const server = new TrackerServer()
    await server.upsert("r", { displayName: "named", tags: ["t"], notes: "n", config: config({ lr: 1 }) })
    await server.rows("r", 0, [
      { _step: 0, _runtime: 1, _timestamp: 5 },
      { _step: 7, _runtime: 2.5, _timestamp: 6 }
    ])
    await server.stream("r", line("one"))
    const name = { project: "p", entity: "local" }
    const { model } = (await server.graphql("RunResumeStatus", { ...name, name: "r" })).data
    expect(model.bucket).toMatchObject({ historyLineCount: 2, logLineCount: 1, displayName: "named", tags: ["t"] })
    expect(JSON.parse(JSON.parse(model.bucket.historyTail)[0])).toMatchObject({ _step: 7, _runtime: 2.5 })
    expect(JSON.parse(model.bucket.wandbConfig)).toHaveProperty("t")
    expect((await server.graphql("RunResumeStatus", { ...name, name: "none" })).data.model.bucket).toBeNull()
    expect((await server.graphql("RunResumeStatus", { ...name, project: "q", name: "r" })).data.model).toBeNull()
  })

  it("keeps the lines of a session that ended when the next numbers them anew", async () => {
    const server = new TrackerServer()
    await server.upsert("r")
    await server.stream("r", { ...line("first"), complete: true, exitcode: 0 })
    await server.upsert("r", { program: "train.py" })
    await server.stream("r", { ...line("second"), complete: true, exitcode: 0 })
    // The same lines of a folder that is synced again stay one.
    await server.upsert("r", { program: "/usr/bin/wandb" })
    await server.stream("r", line("second"))
    expect((await server.lines("r")).map(({ text }) => text)).toEqual(["first", "second"])
  })

  it("shows an alert once while its sender wants no more", async () => {
    const server = new TrackerServer()
    await server.upsert("r")
    const alert = { entityName: "local", projectName: "p", runName: "r", title: "T", text: "x", waitDuration: 60e9 }
    for (const severity of ["WARN", "WARN"]) {
      const { data } = await server.graphql("NotifyScriptableRunAlert", { ...alert, severity })
      expect(data.notifyScriptableRunAlert.success).toBe(true)
    }
    await server.graphql("NotifyScriptableRunAlert", {
      ...alert,
      title: "other",
      text: "",
      severity: "ERROR",
      waitDuration: 0
    })
    expect((await server.lines("r")).map(({ level, text }) => [level, text])).toEqual([
      ["warn", "T: x"],
      ["error", "other"]
    ])
  })

  it("is told to stop, by the button and by the client's own call", async () => {
    const server = new TrackerServer()
    const { bucket } = await server.upsert("r")
    expect(await (await server.stream("r", {})).json()).not.toHaveProperty("stopped")
    expect((await server.graphql("StopRun", { id: bucket.id })).data.stopRun.success).toBe(true)
    expect(await (await server.stream("r", {})).json()).toMatchObject({ stopped: true })
    const place = { entityName: "local", projectName: "p", runId: "r" }
    expect((await server.graphql("RunStoppedStatus", place)).data.project.run.stopped).toBe(true)
  })

  it("goes on when its artifacts are not kept, and its log says so", async () => {
    const server = new TrackerServer()
    await server.upsert("r")
    const input = { entityName: "local", projectName: "p", runName: "r", artifactTypeName: "run_table" }
    for (let time = 0; time < 2; time++) {
      const answer = await server.graphql("CreateArtifact", { input })
      expect(answer.errors[0].message).toMatch(/artifact/i)
    }
    expect((await server.lines("r")).filter(({ text }) => /artifact/.test(text))).toHaveLength(1)
    expect((await server.stream("r", { complete: true, exitcode: 0 })).status).toBe(200)
  })

  it("counts operations that nobody answers, for those who run the server", async () => {
    const server = new TrackerServer()
    await server.upsert("r")
    for (let time = 0; time < 3; time++) await server.graphql("Telepathy", {}, { headers: { "user-agent": "x/1" } })
    await expect
      .poll(async () => (await (await server.fetch("GET", "/wandb/unknown-operations")).json()).items)
      .toEqual([{ operation: "Telepathy", client: "x/1", count: 3 }])
  })

  it("gives plain summaries back as they were, non-finite numbers bare", async () => {
    const server = new TrackerServer()
    await server.upsert("r")
    const summary = '{"loss":NaN,"best":{"max":3},"img":{"_type":"image-file","path":"x"},"_step":1}'
    await server.stream("r", { files: { "wandb-summary.json": { offset: 0, content: [summary] } } })
    await server.upsert("r", { summaryMetrics: '{"later":1,"img":5}' })
    const { model } = (await server.graphql("RunResumeStatus", { project: "p", entity: "local", name: "r" })).data
    expect(model.bucket.summaryMetrics).toContain('"loss":NaN')
    expect(model.bucket.summaryMetrics).toContain('"later":1')
    expect(model.bucket.summaryMetrics).toContain('"img":5')
  })

  it("keeps files under their names, and gives them back in part", async () => {
    const server = new TrackerServer()
    await server.upsert("r")
    const authorization = "Basic YXBpOng="
    const names = ["a/b.txt", "odd:?.txt", "../up.txt", "%41.txt"]
    const { data } = await server.graphql(
      "CreateRunFiles",
      { entity: "local", project: "p", run: "r", files: names },
      { headers: { authorization } }
    )
    expect(data.createRunFiles.uploadHeaders).toEqual([`Authorization:${authorization}`])
    for (const { name, uploadUrl } of data.createRunFiles.files) {
      const path = new URL(uploadUrl).pathname
      expect((await server.fetch("PUT", path, { body: `bytes of ${name}` })).status).toBe(200)
      expect(await (await server.fetch("GET", path)).text()).toBe(`bytes of ${name}`)
      const part = await server.fetch("GET", path, { headers: { range: "bytes=6-7" } })
      expect([part.status, await part.text()]).toEqual([206, "of"])
      expect((await server.fetch("GET", path, { headers: { range: "bytes=900-" } })).status).toBe(416)
      expect((await server.fetch("HEAD", path)).status).toBe(200)
    }
    expect(await server.files("r")).toHaveLength(4)
    expect((await server.fetch("GET", "/files/local/p/r/none.txt")).status).toBe(404)
    expect((await server.fetch("PUT", "/files/local/p/none/a.txt", { body: "x" })).status).toBe(404)
  })
})

describe("the client's sign-in", () => {
  it("learns who it is and what the server can do", async () => {
    const server = new TrackerServer()
    expect((await server.graphql("Viewer", {})).data.viewer).toMatchObject({ entity: "local", username: "local" })
    const { serverInfo } = (await server.graphql("ServerFeaturesQuery", {})).data
    expect(serverInfo.features).toContainEqual({ name: "FILESTREAM_GZIP", isEnabled: true })
    expect((await server.graphql("ServerInfo", {})).status).toBe(200)
    expect((await server.graphql("OrgFeatureFlags", {})).data.organization.featureFlags).toEqual([])
  })
})
