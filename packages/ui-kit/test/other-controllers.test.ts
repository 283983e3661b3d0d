import { expect, test, vi } from "vitest"
import { ApiKeysController } from "../src/api-keys/ApiKeysController.ts"
import { createMemoryClient, digitsFixtures } from "../src/client-memory/index.ts"
import { CompareController, compareRows } from "../src/compare/CompareController.ts"
import { guideSnippets } from "../src/empty-guide/guideSnippets.ts"
import { FileBrowserController } from "../src/file-browser/FileBrowserController.ts"
import { ProjectListController } from "../src/project-list/ProjectListController.ts"
import { RunColours } from "../src/provider/RunColours.ts"
import { themeStyleSheet } from "../src/theme/tokens.ts"

const until = (check: () => void) => vi.waitFor(check, { timeout: 5000, interval: 5 })

test("the kit's modules load where there is no DOM", async () => {
  expect(typeof document).toBe("undefined")
  expect(Object.keys(await import("../src/controllers/index.ts"))).toContain("RunTableController")
})

test("projects are searched and sorted by the server", async () => {
  const client = createMemoryClient(digitsFixtures({ runs: 1, points: 5 }))
  const controller = new ProjectListController(client)
  await until(() =>
    expect(controller.getSnapshot().projects.map(({ slug }) => slug)).toEqual(["digits", "tiny-gpt", "uncategorized"])
  )
  controller.send({ type: "sort", sort: "name" })
  controller.send({ type: "search", text: "GPT" })
  await until(() => expect(controller.getSnapshot().projects.map(({ slug }) => slug)).toEqual(["tiny-gpt"]))
  controller.dispose()
})

test("comparing tells keys that differ from keys that are alike, missing ones included", async () => {
  expect(
    compareRows([
      new Map([["a", 1]]),
      new Map<string, number>([
        ["a", 1],
        ["b", 2]
      ])
    ])
  ).toEqual([
    { key: "a", cells: [1, 1], differs: false },
    { key: "b", cells: [null, 2], differs: true }
  ])
  const client = createMemoryClient(digitsFixtures({ runs: 3, points: 5 }))
  const controller = new CompareController(client, ["vision:digits:amber-kite-41", "vision:digits:bold-ember-38"])
  await until(() => expect(controller.getSnapshot().status).toBe("ready"))
  const [config, results] = controller.getSnapshot().sections
  expect(config!.rows.find(({ key }) => key === "lr")).toMatchObject({ cells: [0.003, 0.01], differs: true })
  expect(config!.rows.find(({ key }) => key === "batch_size")!.differs).toBe(false)
  expect(results!.rows.map(({ key }) => key)).toContain("val/acc")
  expect(results!.rows.some(({ key }) => key.startsWith("system/"))).toBe(false)
  expect(controller.getSnapshot().sections.at(-1)).toMatchObject({ title: "System", folded: true })
  controller.dispose()
})

test("a key is shown once, and a revoked one leaves the list", async () => {
  const controller = new ApiKeysController(createMemoryClient())
  await until(() => expect(controller.getSnapshot().status).toBe("ready"))
  controller.send({ type: "create", name: "laptop", role: "member" })
  await until(() => expect(controller.getSnapshot().keys).toHaveLength(1))
  expect(controller.getSnapshot().made).toMatch(/^wan_/)
  controller.send({ type: "forget" })
  expect(controller.getSnapshot().made).toBe(null)
  controller.send({ type: "revoke", id: controller.getSnapshot().keys[0]!.id })
  await until(() => expect(controller.getSnapshot().keys).toHaveLength(0))
  controller.dispose()
})

test("files are listed by path and read through the client", async () => {
  const client = createMemoryClient(digitsFixtures({ runs: 1, points: 5 }))
  const controller = new FileBrowserController(client, "vision:digits:amber-kite-41")
  await until(() =>
    expect(controller.getSnapshot().files.map(({ path }) => path)).toEqual([
      "checkpoints/last.json",
      "code/train.ts",
      "config.yaml"
    ])
  )
  expect(await (await controller.read("config.yaml"))!.text()).toContain("lr: 0.003")
  expect(await controller.read("none")).toBe(null)
  expect(controller.getSnapshot().notice).toContain("none")
  controller.dispose()
})

test("the lines of an empty project hold this server, its project and the key, quoted for the shell", () => {
  const snippets = guideSnippets({ server: "https://host/ml", entity: "ada", project: "it's", apiKey: "wan_1" })
  expect(snippets.map(({ id }) => id)).toEqual(["typescript", "python", "curl"])
  for (const { text } of snippets) expect(text).toContain("https://host/ml")
  expect(snippets[2]!.text).toContain(`'https://host/ml/api/v1/projects/ada:it'\\''s/runs'`)
  expect(snippets[2]!.text).toContain("Authorization: Bearer wan_1")
})

test("ten runs have ten colours, a run keeps its own, and more runs get colours of their own", () => {
  const colours = new RunColours()
  const runs = Array.from({ length: 200 }, (_, at) => `run-${at}`)
  const given = runs.map((run) => colours.colourOf(run))
  expect(new Set(given).size).toBe(200)
  expect(runs.map((run) => colours.colourOf(run))).toEqual(given)
  colours.choose("run-3", "tomato")
  expect(colours.colourOf("run-3")).toBe("tomato")
  colours.choose("run-3", null)
  expect(colours.colourOf("run-3")).toBe(given[3])
})

const luminance = (hex: string): number => {
  const [red, green, blue] = [1, 3, 5].map((at) => {
    const part = Number.parseInt(hex.slice(at, at + 2), 16) / 255
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4
  }) as [number, number, number]
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}

test("texts keep 4.5:1 and marks 3:1 on the grounds they stand on, light and dark", async () => {
  const { colourTokens } = await import("../src/theme/tokens.ts")
  const ratio = (front: string, back: string, at: 0 | 1): number => {
    const [a, b] = [luminance(colourTokens[front]![at]), luminance(colourTokens[back]![at])]
    return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05)
  }
  for (const at of [0, 1] as const) {
    for (const text of ["--wl-text", "--wl-text-2", "--wl-text-3", "--wl-accent", "--wl-fail", "--wl-crash"]) {
      for (const ground of ["--wl-bg", "--wl-surface", "--wl-sunken"])
        expect(ratio(text, ground, at), `${text} on ${ground}`).toBeGreaterThanOrEqual(4.5)
    }
    for (const state of ["ok", "run", "fail", "crash", "quiet"])
      expect(ratio(`--wl-${state}`, `--wl-${state}-soft`, at), state).toBeGreaterThanOrEqual(4.5)
    for (let slot = 1; slot <= 10; slot++)
      expect(ratio(`--wl-s${slot}`, "--wl-surface", at), `s${slot}`).toBeGreaterThanOrEqual(3)
  }
  expect(themeStyleSheet()).toContain("--wl-text: light-dark(#1d1d1b, #ececea);")
})
