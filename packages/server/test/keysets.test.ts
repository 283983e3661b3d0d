import { encodeFrame } from "@wanllmdb/core/metric"
import { afterAll, expect, it } from "vitest"
import { LocalServer } from "./localServer.ts"

const server = new LocalServer()
afterAll(() => server.wan.close())

it("a frame with a key set of its run is kept under the names that were registered over HTTP", async () => {
  const { run } = await server.projectAndRun("keysets")
  const keys = ["loss", "val/acc"]
  const register = (body: object) => server.api("POST", `/runs/${run}/keysets`, { body })
  const { keyset } = await (await register({ keys })).json()
  expect((await (await register({ keys })).json()).keyset).toBe(keyset)
  expect(await server.wan.metrics.registerKeys(run, keys)).toBe(keyset)
  const axis = Float64Array.of(1, 2)
  const columns = keys.map(() => ({ kind: "number", values: Float64Array.of(0.5, 0.25) }) as const)
  const send = (keyset: number) =>
    server.api("POST", `/runs/${run}/metrics`, {
      body: new Uint8Array(encodeFrame([{ keys, keyset, steps: axis, times: axis, columns }])),
      headers: { "content-type": "application/vnd.wanllmdb.frame" }
    })
  expect(await (await send(keyset)).json()).toMatchObject({ accepted: 4 })
  const items = (await server.json("GET", `/runs/${run}/metrics`)).items as ReadonlyArray<{ key: string; last: number }>
  expect(items.map(({ key, last }) => [key, last])).toEqual(keys.map((key) => [key, 0.25]))
  const unknown = await send(keyset + 1)
  expect([unknown.status, (await unknown.json()).errors[0].rule]).toEqual([
    400,
    `key set ${keyset + 1} is not registered`
  ])
  const repeated = await register({ keys: ["a", "a"] })
  expect([repeated.status, (await repeated.json()).errors[0]]).toMatchObject([400, { path: "keys" }])
})
