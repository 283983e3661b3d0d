import { afterAll, describe, expect, it } from "vitest"
import { LocalServer } from "./localServer.ts"

const server = new LocalServer()
afterAll(() => server.wan.close())

/** How often others could have run while the call was under way. */
const turnsDuring = async <A>(call: Promise<A>): Promise<readonly [answer: A, turns: number]> => {
  let [turns, done] = [0, false]
  const count = () => {
    turns++
    if (!done) setImmediate(count)
  }
  setImmediate(count)
  const answer = await call
  done = true
  return [answer, turns]
}

const groups = (count: number) =>
  Object.fromEntries(
    Array.from({ length: count }, (_, group) => [
      `group ${group}`,
      Object.fromEntries(Array.from({ length: 100 }, (_, at) => [`parameter ${at}`, `value ${group} ${at}`]))
    ])
  )

describe("a document of a hundred thousand leaves", () => {
  it("goes in and out whole, and lets others run between its steps", async () => {
    const { project } = await server.projectAndRun("large")
    const config = groups(1000)
    const [run, turns] = await turnsDuring(server.json("POST", `/projects/${project}/runs`, { body: { config } }))
    expect(run.config).toEqual(config)
    expect(turns).toBeGreaterThanOrEqual(3)
    const [merged, more] = await turnsDuring(
      server.json("POST", `/runs/${run.id}/config`, { body: { "group 3": { "parameter 4": 5 } } })
    )
    expect(more).toBeGreaterThanOrEqual(2)
    expect(merged).toMatchObject({
      configVersion: 2,
      config: { "group 3": { "parameter 4": 5, "parameter 5": "value 3 5" } }
    })
    const summary = Object.fromEntries(Array.from({ length: 100_000 }, (_, key) => [`key/${key}`, key]))
    const [patched, turnsOfPatch] = await turnsDuring(server.json("PATCH", `/runs/${run.id}`, { body: { summary } }))
    expect(turnsOfPatch).toBeGreaterThanOrEqual(3)
    expect(Object.keys(patched.summary).length).toBe(100_000)
    expect(await server.json("GET", `/runs/${run.id}`)).toEqual(patched)
  })

  it("is emptied again in one pass, whichever of its keys are removed", async () => {
    const { run } = await server.projectAndRun("large-removals")
    const keys = Array.from({ length: 60_000 }, (_, key) => `group ${key % 100}.key ${key}`)
    const patch = (summary: object) => server.json("PATCH", `/runs/${run}`, { body: { summary } })
    await patch({ ...Object.fromEntries(keys.map((key) => [key, 1])), kept: 1, "group 1x": 2 })
    const removals = Object.fromEntries(keys.filter((_, at) => at % 100 !== 7).map((key) => [key, null]))
    await patch(removals)
    const left = await patch({ "group 7": null, "group 7.new": 3, "group 1": null })
    expect(left.summary).toEqual({ kept: 1, "group 1x": 2, "group 7.new": 3 })
  })

  it("is refused by the place and the rule that it breaks", async () => {
    const { run } = await server.projectAndRun("large-faults")
    const deep = JSON.parse(`${'{"a":'.repeat(200)}1${"}".repeat(200)}`)
    for (const [body, path] of [
      [{ list: [0, { deep }] }, /^config\.list\[1\]\.deep\.a\.a/],
      [{ outer: { ["k".repeat(1025)]: 1 } }, /^config\.outer$/]
    ] as const) {
      const response = await server.api("POST", `/runs/${run}/config`, { body })
      expect([response.status, (await response.json()).errors[0].path]).toEqual([400, expect.stringMatching(path)])
    }
  })
})
