import axe from "axe-core"
import { afterEach, beforeEach, expect, test } from "vitest"
import { page, userEvent } from "vitest/browser"
import { createMemoryClient, digitsFixtures, type Fixtures } from "../src/client-memory/index.ts"
import "../src/define/api-keys.ts"
import "../src/define/command-palette.ts"
import "../src/define/compare.ts"
import "../src/define/empty-guide.ts"
import "../src/define/file-browser.ts"
import "../src/define/log-viewer.ts"
import "../src/define/project-list.ts"
import "../src/define/provider.ts"
import "../src/define/run-overview.ts"
import { RunOverviewController } from "../src/run-overview/RunOverviewController.ts"

const run = "vision:digits:amber-kite-41"

beforeEach(async () => {
  await page.viewport(1280, 800)
})

afterEach(() => {
  document.body.replaceChildren()
})

const mount = <Name extends keyof HTMLElementTagNameMap>(
  name: Name,
  properties: Partial<HTMLElementTagNameMap[Name]>,
  fixtures: Fixtures = digitsFixtures({ runs: 4, points: 40 }),
  theme: "light" | "dark" = "light"
) => {
  const client = createMemoryClient(fixtures)
  const provider = document.createElement("wl-provider")
  provider.client = client
  provider.theme = theme
  provider.hrefFor = (target) => `#/${target.kind}`
  const main = document.createElement("main")
  main.style.cssText = "width: 1000px; height: 600px; background: var(--wl-bg)"
  const element = Object.assign(document.createElement(name), properties)
  main.append(element)
  provider.append(main)
  document.body.append(provider)
  return { client, provider, element, root: () => element.shadowRoot! }
}

const text = (root: ShadowRoot) => root.textContent?.replace(/\s+/g, " ") ?? ""

const axeFaults = async () =>
  (await axe.run(document.body, { rules: { "page-has-heading-one": { enabled: false } } })).violations.map(
    ({ id, nodes }) => `${id}: ${nodes[0]?.html}`
  )

const failing = (call: string): Fixtures => ({
  ...digitsFixtures({ runs: 1, points: 5 }),
  failing: new Map([[call, "The database is busy"]])
})

test.each(["light", "dark"] as const)("the project list searches, links and is clean for axe in %s", async (theme) => {
  const { root } = mount("wl-project-list", {}, undefined, theme)
  await expect.poll(() => root().querySelectorAll("[part=project]").length).toBe(3)
  expect(root().querySelector("a")!.getAttribute("href")).toBe("#/project")
  expect(await axeFaults()).toEqual([])
  root().querySelector("input")!.focus()
  await userEvent.keyboard("gpt")
  await expect.poll(() => root().querySelectorAll("[part=project]").length).toBe(1)
  await userEvent.keyboard("xxx")
  await expect.poll(() => text(root())).toContain("No project matches")
})

test.each(["light", "dark"] as const)(
  "a run's overview shows summary, config and environment, clean for axe in %s",
  async (theme) => {
    const { element, root } = mount(
      "wl-run-overview",
      { run, baseline: "vision:digits:quiet-fjord-40" },
      undefined,
      theme
    )
    await expect.poll(() => text(root())).toContain("3 differ from quiet-fjord-40")
    expect(text(root())).toContain("main @ 4f1c9ab")
    expect(text(root())).toContain("val/acc")
    expect(element.shadowRoot!.querySelector("wl-line-chart")).not.toBe(null)
    expect(await axeFaults()).toEqual([])
  }
)

test("the run's header stops a run unless the host cancels, and says what failed", async () => {
  const fixtures = digitsFixtures({ runs: 2, points: 10 })
  const client = createMemoryClient(fixtures)
  const controller = new RunOverviewController({ client, run })
  const { element, root } = mount("wl-run-header", { controller }, fixtures)
  await expect.poll(() => text(root())).toContain("Stop run")
  expect(await axeFaults()).toEqual([])
  const cancel = (event: Event) => event.preventDefault()
  element.addEventListener("wl-action", cancel, { once: true })
  const button = () => [...root().querySelectorAll<HTMLElement>(".button")].at(-1)!
  button().click()
  expect(controller.getSnapshot().run!.stopRequested).toBe(false)
  button().click()
  await expect.poll(() => text(root())).toContain("Stopping")
  await client.runs.finish(run, { state: "finished" })
  await expect.poll(() => text(root())).toContain("Delete")
  controller.dispose()
})

test("notes are edited in place", async () => {
  const { client, root } = mount("wl-run-overview", { run })
  await expect.poll(() => text(root())).toContain("Longer warm-up")
  root().querySelector<HTMLElement>(".notes .button")!.click()
  await expect.poll(() => root().querySelector("textarea")).not.toBe(null)
  root().querySelector("textarea")!.value = "<b>bold</b>"
  root().querySelector<HTMLElement>(".notes .primary")!.click()
  await expect.poll(() => root().querySelector(".notes p")?.textContent).toBe("<b>bold</b>")
  expect((await client.runs.get(run)).notes).toBe("<b>bold</b>")
})

const longLog: Fixtures = {
  projects: [
    {
      slug: "digits",
      entity: "vision",
      runs: [
        {
          slug: "amber-kite-41",
          logs: Array.from({ length: 50_000 }, (_, at) => ({
            text: at % 10_000 === 7 ? `\u001b[31mneedle\u001b[0m ${at} <img src=x onerror=alert(1)>` : `line ${at}`
          }))
        }
      ]
    }
  ]
}

test("a long log follows its end, finds, jumps, and shows markup as text with few nodes", async () => {
  const { client, element, root } = mount("wl-log-viewer", { run }, longLog)
  await expect.poll(() => text(root())).toContain("line 49999")
  expect(root().querySelectorAll("*").length).toBeLessThan(600)
  expect(await axeFaults()).toEqual([])
  await client.logs.append(run, [{ text: "one more" }])
  await expect.poll(() => text(root())).toContain("one more")
  root().querySelector("input")!.focus()
  await userEvent.keyboard("needle")
  await expect.poll(() => text(root())).toContain("1 of 5")
  await expect.poll(() => root().querySelector("mark")?.textContent).toBe("needle")
  expect(root().querySelector("img")).toBe(null)
  expect(element.controller!.getSnapshot().follow).toBe(false)
  root().querySelector<HTMLElement>(".scroller")!.focus()
  await userEvent.keyboard("n")
  await expect.poll(() => root().querySelector(".current")?.textContent).toContain("needle 10007")
  await userEvent.keyboard("f")
  await expect.poll(() => text(root())).toContain("one more")
})

test("a line's address is told, and a given line is shown and marked", async () => {
  const { element, root } = mount("wl-log-viewer", { run, line: 1234 }, longLog)
  await expect.poll(() => root().querySelector(".current")?.textContent).toContain("line 1234")
  const heard: Array<number> = []
  element.addEventListener("wl-line-click", (event) => {
    event.preventDefault()
    heard.push((event as CustomEvent).detail.index)
  })
  root().querySelector<HTMLElement>(".current .number")!.click()
  expect(heard).toEqual([1234])
})

test("a silent run says so, levels without a line too", async () => {
  const { root } = mount(
    "wl-log-viewer",
    { run },
    { projects: [{ slug: "digits", entity: "vision", runs: [{ slug: "amber-kite-41" }] }] }
  )
  await expect.poll(() => text(root())).toContain("Nothing was printed yet")
  expect(await axeFaults()).toEqual([])
})

test("files are listed and offered for download", async () => {
  const { element, root } = mount("wl-file-browser", { run })
  await expect.poll(() => text(root())).toContain("config.yaml")
  expect(await axeFaults()).toEqual([])
  const asked: Array<string> = []
  element.addEventListener("wl-download", (event) => {
    event.preventDefault()
    asked.push((event as CustomEvent).detail.path)
  })
  root().querySelector<HTMLElement>("li .button")!.click()
  expect(asked).toEqual(["checkpoints/last.json"])
})

test.each(["light", "dark"] as const)(
  "comparing shows only differences until asked for all, clean for axe in %s",
  async (theme) => {
    const { root } = mount("wl-compare", { runs: [run, "vision:digits:bold-ember-38"] }, undefined, theme)
    await expect.poll(() => text(root())).toContain("model.activation")
    await expect.poll(() => text(root())).not.toContain("batch_size")
    expect(await axeFaults()).toEqual([])
    root().querySelector<HTMLElement>("input[type=checkbox]")!.click()
    await expect.poll(() => text(root())).toContain("batch_size")
  }
)

test("the guide of an empty project switches by arrow keys and fills in the server", async () => {
  const { root } = mount("wl-empty-guide", { server: "https://host/ml", entity: "ada", project: "cats" })
  await expect.poll(() => text(root())).toContain("https://host/ml")
  expect(await axeFaults()).toEqual([])
  root().querySelector<HTMLElement>("[role=tab]")!.focus()
  await userEvent.keyboard("{ArrowRight}{ArrowRight}")
  await expect.poll(() => text(root())).toContain("projects/ada:cats/runs")
  expect(root().activeElement?.textContent).toBe("curl")
})

test("a key is made, shown once and revoked after a second thought", async () => {
  const { root } = mount("wl-api-keys", {})
  await expect.poll(() => text(root())).toContain("There are no keys yet")
  expect(await axeFaults()).toEqual([])
  root().querySelector("input")!.value = "laptop"
  root().querySelector<HTMLElement>("form .primary")!.click()
  await expect.poll(() => root().querySelector("code")?.textContent).toMatch(/^wan_/)
  expect(await axeFaults()).toEqual([])
  root().querySelector<HTMLElement>("li .button")!.click()
  await expect.poll(() => root().querySelector("li .primary")?.textContent).toBe("Revoke")
  root().querySelector<HTMLElement>("li .primary")!.click()
  await expect.poll(() => root().querySelectorAll("li").length).toBe(0)
})

test("the palette finds, walks with the arrows and runs the chosen command", async () => {
  const done: Array<string> = []
  const commands = ["alpha", "beta", "gamma"].map((title) => ({ id: title, title, run: () => done.push(title) }))
  const { element, root } = mount("wl-command-palette", {
    search: async (wanted: string) => commands.filter(({ title }) => title.includes(wanted)),
    open: true
  })
  await expect.poll(() => root().querySelectorAll("li").length).toBe(3)
  expect(await axeFaults()).toEqual([])
  await userEvent.keyboard("a{ArrowDown}")
  await expect.poll(() => root().querySelector("[aria-selected=true]")?.textContent).toContain("beta")
  await userEvent.keyboard("{Enter}")
  expect(done).toEqual(["beta"])
  await expect.poll(() => element.open).toBe(false)
})

test.each([
  ["wl-project-list", {}, "projects.list"],
  ["wl-run-overview", { run }, "runs.get"],
  ["wl-log-viewer", { run }, "logs.read"],
  ["wl-file-browser", { run }, "files.list"],
  ["wl-compare", { runs: [run] }, "runs.get"],
  ["wl-api-keys", {}, "keys.list"]
] as const)("%s says in place what failed and asks again on Retry", async (name, properties, call) => {
  const fixtures = failing(call)
  const { root } = mount(name, properties, fixtures)
  await expect.poll(() => text(root())).toContain("The database is busy")
  expect(await axeFaults()).toEqual([])
  fixtures.failing!.clear()
  root().querySelector<HTMLElement>(".message .button")!.click()
  await expect.poll(() => text(root())).not.toContain("The database is busy")
})
