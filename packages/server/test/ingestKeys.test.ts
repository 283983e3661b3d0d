import type { RunJson } from "@wanllmdb/core/client"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { keysAuth } from "../src/index.ts"
import { LocalServer } from "./localServer.ts"

const server = new LocalServer({ auth: keysAuth() })
let project = ""
let run = ""
let ingest = ""
const secrets = /classified|alice|lab-7|0\.987/
beforeAll(async () => {
  const { wan } = server
  project = (await wan.projects.create({ name: "jobs" })).id
  const made = await wan.runs.create({
    project,
    slug: "theirs",
    name: "shown",
    config: { classified: 1 },
    tags: ["classified"],
    group: "classified",
    jobType: "classified",
    notes: "classified",
    environment: { host: "lab-7", user: "alice", command: "classified" }
  })
  run = made.run.id
  await wan.runs.update(run, { summary: { best: 0.987 } })
  ingest = (await wan.keys.create({ role: "ingest" })).key
})
afterAll(() => server.wan.close())

const send = (method: string, path: string, body?: object, key = ingest) =>
  server.api(method, path, { ...(body !== undefined && { body }), headers: { authorization: `Bearer ${key}` } })

describe("a key that may write and not read", () => {
  it.each([
    ["PATCH", "/runs/RUN", {}],
    ["PATCH", "/runs/RUN", { summary: { mine: 1 } }],
    ["POST", "/runs/RUN/config", { mine: 1 }],
    ["POST", "/runs/RUN/tags", { tags: ["mine"] }],
    ["DELETE", "/runs/RUN/tags/mine", undefined],
    ["POST", "/runs/RUN/pause", undefined],
    ["POST", "/runs/RUN/resume", undefined],
    ["POST", "/runs/RUN/stop", undefined],
    ["POST", "/runs/RUN/rewind", { step: 1 }],
    ["POST", "/runs/RUN/finish", { state: "finished" }],
    ["POST", "/projects/PROJECT/runs", { slug: "theirs", resume: "allow" }],
    ["POST", "/projects/PROJECT/runs", { slug: "theirs", resume: "must", config: { mine: 2 } }]
  ])("sees nothing of what others put into a run: %s %s %j", async (method, path, body) => {
    const response = await send(method, path.replace("RUN", run).replace("PROJECT", project), body)
    const text = await response.text()
    expect(response.status).toBe(200)
    expect(text).not.toMatch(secrets)
    expect(JSON.parse(text)).toMatchObject({ id: run, project, slug: "theirs", name: "shown" })
  })

  it("is answered what a client needs to go on, and what it sent itself", async () => {
    const config = { lr: 0.1 }
    const own = { slug: "own", name: "own", config, tags: ["a"], group: "g", jobType: "t", notes: "n" }
    const made = await send("POST", `/projects/${project}/runs`, own)
    const answer = (await made.json()) as RunJson
    expect(made.status).toBe(201)
    expect(answer).toMatchObject({ ...own, state: "running", stopRequested: false, segment: 0, configVersion: 1 })
    const again = await send("POST", `/projects/${project}/runs`, { slug: "own", resume: "allow" })
    expect(await again.json()).toMatchObject({ id: answer.id, config: {}, summary: {}, notes: "", environment: null })
    const patched = await send("PATCH", `/runs/${answer.id}`, { summary: { best: 2 } })
    expect(await patched.json()).toMatchObject({ summary: { best: 2 }, config: {} })
  })

  it("makes no fork of a run that it may not read, by id or by slug, and hears the same of one that is not there", async () => {
    for (const ref of [run, "theirs", "local:jobs:theirs"]) {
      const fork = await send("POST", `/projects/${project}/runs`, { fork: { run: ref, step: 1 } })
      expect([fork.status, (await fork.text()).match(secrets)]).toEqual([403, null])
    }
    const none = await send("POST", `/projects/${project}/runs`, { fork: { run: "none", step: 1 } })
    expect(none.status).toBe(404)
  })

  it("moves no run out of its project, and a member does", async () => {
    const other = await server.wan.projects.create({ name: "away" })
    const body = { op: "move", runs: [run], project: other.id }
    expect((await send("POST", `/projects/${project}/runs/bulk`, body)).status).toBe(403)
    expect((await server.wan.runs.get(run)).project).toBe(project)
    const member = (await server.wan.keys.create({ role: "member" })).key
    const moved = await send("POST", `/projects/${project}/runs/bulk`, body, member)
    expect(await moved.json()).toEqual({ changed: 1, failed: [] })
    expect((await server.wan.runs.get(run)).project).toBe(other.id)
  })
})

describe("a key that may read", () => {
  it("is answered the whole run, and forks it with its config", async () => {
    const member = (await server.wan.keys.create({ role: "member" })).key
    const patched = await send("PATCH", `/runs/${run}`, { notes: "new" }, member)
    expect(await patched.json()).toMatchObject({ config: { classified: 1 }, summary: { best: 0.987 }, notes: "new" })
    const { project: home } = await server.wan.runs.get(run)
    const fork = await send("POST", `/projects/${home}/runs`, { fork: { run: "theirs", step: 1 } }, member)
    expect([fork.status, await fork.json()]).toMatchObject([201, { config: { classified: 1 }, parent: { run } }])
  })
})
