import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { LocalServer } from "./localServer.ts"

const server = new LocalServer()
beforeAll(() => server.wan.ready)
afterAll(() => server.wan.close())

describe("a first run by curl", () => {
  it("is made, logged to in rows and columns, and read back", async () => {
    const { run } = await server.projectAndRun("first", { config: { lr: 0.1 } })
    const rows = {
      rows: [
        { step: 1, values: { loss: 0.5 } },
        { step: 2, values: { loss: "NaN" } }
      ]
    }
    expect(await server.json("POST", `/runs/${run}/metrics`, { body: rows })).toMatchObject({
      accepted: 2,
      rejected: [],
      sequence: 1,
      duplicate: false
    })
    const columns = { columns: { step: [3, 4], values: { loss: [0.25, 0.125] } } }
    expect(await server.json("POST", `/runs/${run}/metrics`, { body: columns })).toMatchObject({ accepted: 2 })
    const keys = await server.json("GET", `/runs/${run}/metrics`)
    expect(keys.items).toMatchObject([{ key: "loss", count: 4, last: 0.125, min: 0.125, max: 0.5, nan: 1 }])
    const buckets = await server.json("GET", `/runs/${run}/metrics/buckets?key=loss`)
    expect(buckets).toMatchObject({ x: [1, 2, 3, 4], min: [0.5, null, 0.25, 0.125], last: [0.5, "NaN", 0.25, 0.125] })
    const points = await (await server.api("GET", `/runs/${run}/metrics/points?key=loss`)).text()
    const lines = points
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line))
    expect(lines.map(({ step, value }) => [step, value])).toEqual([
      [1, 0.5],
      [2, "NaN"],
      [3, 0.25],
      [4, 0.125]
    ])
    expect(await server.json("GET", `/runs/${run}`)).toMatchObject({ summary: { loss: 0.125 }, state: "running" })
  })
})
