import { expect, test, vi } from "vitest"
import { createMemoryClient, digitsFixtures } from "../src/client-memory/index.ts"
import { configRows } from "../src/run-overview/configRows.ts"
import { environmentRows } from "../src/run-overview/environmentRows.ts"
import { RunOverviewController } from "../src/run-overview/RunOverviewController.ts"
import { goalOf, leadingKey, summaryRows } from "../src/run-overview/summaryRows.ts"

const until = (check: () => void) => vi.waitFor(check, { timeout: 6000, interval: 5 })
const run = "vision:digits:amber-kite-41"

const start = async (baseline: string | null = null) => {
  const client = createMemoryClient(digitsFixtures({ runs: 3, points: 20 }))
  const controller = new RunOverviewController({ client, run, baseline })
  await until(() => expect(controller.getSnapshot().keys.length).toBeGreaterThan(0))
  return { client, controller }
}

test("a summary gives last and best by the metric's goal, and hides what machines log about themselves", async () => {
  const { controller } = await start()
  const { run: record, keys } = controller.getSnapshot()
  const rows = summaryRows(record!, keys)
  expect(rows.find(({ key }) => key === "val/acc")).toMatchObject({ last: 0.9731 })
  expect(rows.map(({ key }) => key)).not.toContain("system/cpu")
  expect(leadingKey(keys)).toBe("loss")
  expect(goalOf({ key: "thing", definition: { name: "thing", goal: "maximize" } })).toBe("maximize")
  expect(goalOf({ key: "epoch", definition: null })).toBe(null)
  controller.dispose()
})

test("a config says what a baseline had where the two differ", async () => {
  const { controller } = await start("vision:digits:quiet-fjord-40")
  await until(() => expect(controller.getSnapshot().baseline).not.toBe(null))
  const rows = configRows(controller.getSnapshot().run!.config, controller.getSnapshot().baseline!.config)
  expect(rows.filter(({ was }) => was !== undefined).map(({ key }) => key)).toEqual([
    "model.activation",
    "optimizer",
    "seed"
  ])
  expect(configRows({ a: 1 }, { b: [2, "x"] })).toEqual([
    { key: "a", value: "1", was: null },
    { key: "b", value: undefined, was: '[2, "x"]' }
  ])
  controller.dispose()
})

test("a remote becomes a link only when it is of the web", async () => {
  const { controller } = await start()
  const record = controller.getSnapshot().run!
  const remote = (address: string) =>
    environmentRows({ ...record, environment: { git: { commit: "4f1c9ab02", remote: address } } })[0]!.href
  expect(remote("git@github.com:ada/digits.git")).toBe("https://github.com/ada/digits")
  expect(remote("javascript:alert(1)")).toBe(undefined)
  expect(environmentRows(record).map(({ name }) => name)).toContain("GPU")
  controller.dispose()
})

test("a run that changes elsewhere changes here; actions are sent and their failure is told", async () => {
  const { client, controller } = await start()
  controller.send({ type: "act", action: "stop" })
  await until(() => expect(controller.getSnapshot().run!.stopRequested).toBe(true))
  await client.runs.finish(run, { state: "failed", exitCode: 1 })
  await until(() => expect(controller.getSnapshot().run!.state).toBe("failed"))
  controller.send({ type: "edit", notes: "better" })
  await until(() => expect(controller.getSnapshot().run!.notes).toBe("better"))
  controller.send({ type: "act", action: "delete" })
  await until(() => expect(controller.getSnapshot().run!.deletedAt).not.toBe(null))
  controller.send({ type: "act", action: "restore" })
  await until(() => expect(controller.getSnapshot().run!.deletedAt).toBe(null))
  await client.metrics.append(run, { rows: [{ step: 9999, values: { loss: 0.01 } }] })
  await until(() => expect(controller.getSnapshot().keys.find(({ key }) => key === "loss")!.last).toBe(0.01))
  controller.dispose()
})

test("a run that does not exist is an error with the server's words", async () => {
  const controller = new RunOverviewController({ client: createMemoryClient(), run: "a:b:c" })
  await until(() => expect(controller.getSnapshot().status).toBe("error"))
  expect(String(controller.getSnapshot().error)).toContain('Run "a:b:c" does not exist')
  controller.dispose()
})
