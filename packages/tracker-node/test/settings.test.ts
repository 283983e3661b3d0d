import { hostname } from "node:os"
import { resolve } from "node:path"
import { describe, expect, it } from "vitest"
import { resolveSettings } from "../src/run/Settings.ts"
import { Backoff } from "../src/send/Backoff.ts"

describe("settings of a run", () => {
  it("come from options, then the environment, then defaults", () => {
    expect(resolveSettings({}, {})).toMatchObject({
      mode: "online",
      entity: "local",
      project: "uncategorized",
      resume: "never",
      dir: resolve("wanllmdb"),
      url: "http://127.0.0.1:8080",
      process: "",
      primary: true,
      faults: []
    })
    const env = {
      WANLLMDB_PROJECT: "My Project!",
      WANLLMDB_MODE: "offline",
      WANLLMDB_DIR: "/spool",
      WANLLMDB_URL: "https://host/ml/",
      WANLLMDB_API_KEY: "k"
    }
    expect(resolveSettings({}, env)).toMatchObject({
      mode: "offline",
      project: "my-project",
      projectName: "My Project!",
      dir: "/spool",
      url: "https://host/ml",
      apiKey: "k"
    })
    expect(resolveSettings({ project: "Other_1", mode: "online" }, env)).toMatchObject({
      project: "Other_1",
      mode: "online"
    })
  })

  it("label processes by their rank", () => {
    expect(resolveSettings({}, { RANK: "0" })).toMatchObject({ process: "", primary: true })
    expect(resolveSettings({}, { RANK: "3" })).toMatchObject({ process: `rank3@${hostname()}`, primary: false })
  })

  it("name what is wrong and go on with defaults", () => {
    const settings = resolveSettings({ slug: "no spaces", mode: "sideways" as never, project: 5 as never }, {})
    expect(settings.faults).toHaveLength(3)
    expect(settings).toMatchObject({ mode: "online", project: "uncategorized" })
    expect(settings.slug).toMatch(/^[0-9a-f]{10}$/)
  })
})

describe("waits between attempts", () => {
  it("double up to half a minute, and never fall below what the server asks", () => {
    const backoff = new Backoff(() => 1)
    const waits = Array.from({ length: 10 }, () => backoff.next(null))
    expect(waits.slice(0, 3)).toEqual([250, 500, 1000])
    expect(waits.at(-1)).toBe(30_000)
    expect(backoff.next(60_000)).toBeGreaterThanOrEqual(60_000)
    backoff.reset()
    expect(backoff.next(null)).toBe(250)
  })
})
