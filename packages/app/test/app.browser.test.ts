import { createMemoryClient, digitsFixtures } from "@wanllmdb/ui-kit/client-memory"
import "@wanllmdb/ui-kit/define/provider"
import axe from "axe-core"
import { afterEach, beforeEach, expect, test } from "vitest"
import { page, userEvent } from "vitest/browser"
import { WlApp } from "../src/web/WlApp.ts"

customElements.define("wl-app", WlApp)

const home = location.href
const base = document.createElement("base")

beforeEach(async () => {
  await page.viewport(1280, 800)
  base.href = `${location.origin}/ml/`
  document.head.append(base)
  document.documentElement.lang = "en"
  localStorage.clear()
})

afterEach(() => {
  document.body.replaceChildren()
  base.remove()
  history.replaceState(null, "", home)
})

const open = (path: string, fixtures = digitsFixtures({ runs: 12, points: 30 })) => {
  history.replaceState(null, "", `/ml/${path}`)
  const client = createMemoryClient(fixtures)
  const app = new WlApp()
  app.client = client
  document.body.append(app)
  return { app, client }
}

/** Everything that can be read on the page, through all shadow roots. */
const textOf = (node: Node): string => {
  if (node instanceof Text) return node.data
  if (node instanceof HTMLStyleElement) return ""
  const inner =
    node instanceof HTMLSlotElement && node.assignedNodes().length > 0 ? node.assignedNodes() : [...node.childNodes]
  const shadow = node instanceof Element && node.shadowRoot !== null ? [node.shadowRoot as Node] : inner
  return shadow.map(textOf).join("")
}

const find = <E extends Element = HTMLElement>(selector: string, from: ParentNode = document): E | null => {
  const here = from.querySelector<E>(selector)
  if (here !== null) return here
  for (const element of from.querySelectorAll("*")) {
    const found = element.shadowRoot === null ? null : find<E>(selector, element.shadowRoot)
    if (found !== null) return found
  }
  return null
}

const shown = (text: string) =>
  expect.poll(() => textOf(document.body).replace(/\s+/g, " "), { timeout: 8000 }).toContain(text)

const axeFaults = async () =>
  (await axe.run(document.body)).violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)

test("projects lead to runs, runs to a run, and Back comes back, under a base path", async () => {
  open("")
  await shown("Handwritten digits")
  expect(document.title).toBe("Projects · wanLLMDB")
  expect(await axeFaults()).toEqual([])
  find<HTMLAnchorElement>("[part=project] a")!.click()
  await shown("amber-kite-41")
  expect(location.pathname).toBe("/ml/vision/digits")
  expect(document.title).toBe("digits · wanLLMDB")
  find<HTMLAnchorElement>("a.link")!.click()
  await shown("started 12 min ago by ada on node-07")
  expect(location.pathname).toBe("/ml/vision/digits/runs/amber-kite-41")
  await expect.poll(() => document.title).toBe("amber-kite-41 · digits · wanLLMDB")
  expect(await axeFaults()).toEqual([])
  history.back()
  await shown("12 runs, 10 shown in charts")
})

test("filter, sort and what charts show live in the address and come back with it", async () => {
  open("vision/digits?filter=state%3Arunning&sort=name")
  await shown("2 runs")
  const field = find<HTMLInputElement>("input.filter")!
  expect(field.value).toBe("state:running")
  field.focus()
  await userEvent.clear(field)
  await userEvent.keyboard("name~kite{Enter}")
  await expect.poll(() => location.search).toContain("filter=name")
  await shown("1 run")
  find(".row:not([hidden]) .toggle")!.click()
  await expect.poll(() => location.search).toContain("shown=")
})

test("each part of a run has its own address", async () => {
  open("vision/digits/runs/amber-kite-41/logs")
  await shown("gradient clipped")
  const tab = (name: string) =>
    [...find("nav", find("app-run")!.shadowRoot!)!.querySelectorAll("a")].find((link) => link.textContent === name)!
  tab("Files").click()
  await shown("config.yaml")
  expect(location.pathname).toBe("/ml/vision/digits/runs/amber-kite-41/files")
  tab("System").click()
  await expect.poll(() => find("wl-system-metrics")).not.toBe(null)
  tab("Charts").click()
  await expect.poll(() => find("wl-chart-grid")).not.toBe(null)
})

test("[ and ] go to the neighbours, / to the filter, ? to the keys", async () => {
  open("vision/digits/runs/quiet-fjord-40")
  await shown("ran ")
  await userEvent.keyboard("]")
  await expect.poll(() => location.pathname).toContain("bold-ember-38")
  await shown("bold-ember-38")
  await userEvent.keyboard("[[")
  await expect.poll(() => location.pathname).toContain("quiet-fjord-40")
  await userEvent.keyboard("?")
  await shown("Filter this list")
  expect(await axeFaults()).toEqual([])
  await userEvent.keyboard("{Escape}")
  await expect.poll(() => find("app-shortcuts")).toBe(null)
})

test("Ctrl K finds projects, runs and actions", async () => {
  const { app } = open("vision/digits")
  await shown("amber-kite-41")
  await userEvent.keyboard("{Control>}k{/Control}")
  await shown("All projects")
  await userEvent.keyboard("fjord")
  await shown("run in digits")
  await userEvent.keyboard("{Enter}")
  await expect.poll(() => location.pathname).toContain("quiet-fjord-40")
  await userEvent.keyboard("{Control>}k{/Control}")
  await expect.poll(() => find("dialog[open]")).not.toBe(null)
  await userEvent.keyboard("dark theme")
  await expect.poll(() => find("[role=option]")?.textContent).toContain("Dark theme")
  await userEvent.keyboard("{Enter}")
  await expect.poll(() => document.documentElement.dataset.theme).toBe("dark")
  expect(app.isConnected).toBe(true)
  delete document.documentElement.dataset.theme
})

test("an empty project teaches, and its first run appears by itself", async () => {
  const { client } = open("language/tiny-gpt")
  await shown("Log the first run")
  await shown(`${location.origin}/ml`)
  expect(await axeFaults()).toEqual([])
  const run = await client.runs.create("language:tiny-gpt", { slug: "first" })
  await client.metrics.append(run.id, { rows: [{ step: 0, values: { loss: 1 } }] })
  await shown("1 run, 1 shown in charts")
  await expect.poll(() => find("wl-empty-guide")).toBe(null)
})

test("comparing chosen runs shows what they differ in and their charts", async () => {
  open("vision/digits/compare?runs=amber-kite-41,bold-ember-38")
  await shown("Only differences")
  await expect.poll(() => find("wl-chart-grid")).not.toBe(null)
  expect(document.title).toBe("Compare · digits · wanLLMDB")
})

test("settings and the address that clients send people to make keys", async () => {
  open("authorize")
  await shown("Your API key")
  await shown("Make a key")
  expect(document.title).toBe("API key · wanLLMDB")
})

test("an unknown address and an unknown run say so", async () => {
  open("a/b/c/d")
  await shown("There is no such page")
  document.body.replaceChildren()
  open("vision/digits/runs/nobody")
  await shown("does not exist")
})

test("a project is made on the first page, changed and deleted in its settings, and restored from the deleted", async () => {
  open("")
  await shown("New project")
  ;[...find("app-projects")!.shadowRoot!.querySelectorAll("button")]
    .find((one) => one.textContent === "New project")!
    .click()
  await expect.poll(() => find("wl-project-form input[name=name]") ?? find("input[name=name]")).not.toBe(null)
  expect(await axeFaults()).toEqual([])
  const name = find<HTMLInputElement>("input[name=name]")!
  name.value = "Cats and dogs"
  name.form!.requestSubmit()
  await expect.poll(() => location.pathname).toBe("/ml/local/cats-and-dogs")
  await shown("Log the first run")
  find<HTMLAnchorElement>('a[href$="view=settings"]')!.click()
  await shown("Project settings")
  await expect.poll(() => find<HTMLInputElement>("input[name=name]")?.value).toBe("Cats and dogs")
  expect(await axeFaults()).toEqual([])
  find<HTMLInputElement>("input[name=slug]")!.value = "pets"
  find<HTMLInputElement>("input[name=slug]")!.form!.requestSubmit()
  await expect.poll(() => location.pathname).toBe("/ml/local/pets")
  const press = (label: string) =>
    [...find("wl-project-form")!.shadowRoot!.querySelectorAll("button")]
      .find((one) => one.textContent === label)!
      .click()
  await shown("Delete this project")
  press("Delete project")
  await shown("Delete Cats and dogs?")
  press("Delete")
  await expect.poll(() => location.pathname).toBe("/ml/")
  await shown("Handwritten digits")
  expect(textOf(document.body)).not.toContain("Cats and dogs")
  find("button[aria-pressed]", find("wl-project-list")!.shadowRoot!)!.click()
  await shown("Cats and dogs")
  find('button[aria-label="Restore Cats and dogs"]')!.click()
  await shown("No project is deleted")
})
