import axe from "axe-core"
import { afterEach, beforeEach, expect, test } from "vitest"
import { page, userEvent } from "vitest/browser"
import { createMemoryClient, digitsFixtures, type Fixtures, type MemoryClient } from "../src/client-memory/index.ts"
import "../src/define/provider.ts"
import "../src/define/run-table.ts"
import type { RunRow } from "../src/run-table/RunRow.ts"
import type { WlRunTable } from "../src/run-table/WlRunTable.ts"

beforeEach(async () => {
  await page.viewport(1280, 800)
})

afterEach(() => {
  document.body.replaceChildren()
})

const mount = async (fixtures: Fixtures, theme: "light" | "dark" = "light", width = 452) => {
  const client = createMemoryClient(fixtures)
  const provider = document.createElement("wl-provider")
  provider.client = client
  provider.theme = theme
  provider.hrefFor = (target) => (target.kind === "run" ? `#/${target.run}` : null)
  const frame = document.createElement("main")
  frame.style.cssText = `width: ${width}px; height: 600px`
  const table = document.createElement("wl-run-table")
  table.project = "vision:digits"
  frame.append(table)
  provider.append(frame)
  document.body.append(provider)
  await settled(table)
  return { client, table, provider }
}

const settled = async (table: WlRunTable) => {
  await expect.poll(() => table.controller?.getSnapshot().status).not.toBe("loading")
  await table.updateComplete
}

const rows = (table: WlRunTable): ReadonlyArray<HTMLElement> =>
  [...table.shadowRoot!.querySelectorAll<HTMLElement>(".row:not([hidden])")].sort(
    (a, b) => Number(a.ariaRowIndex ?? a.getAttribute("aria-rowindex")) - Number(b.getAttribute("aria-rowindex"))
  )

const nameOf = (row: HTMLElement | undefined) => row?.querySelector(".link")?.textContent

const axeFaults = async () =>
  (await axe.run(document.body)).violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)

test("runs come newest first with results right-aligned and a word for every state but finished", async () => {
  const { table } = await mount(digitsFixtures())
  expect(nameOf(rows(table)[0])).toBe("amber-kite-41")
  expect(rows(table)[0]!.querySelector(".pill")!.textContent).toBe("Running")
  expect(rows(table)[2]!.querySelector<HTMLElement>(".pill")!.hidden).toBe(true)
  const number = rows(table)[0]!.querySelector<HTMLElement>(".number")!
  expect(number.textContent).toBe("0.9731")
  expect(getComputedStyle(number).textAlign).toBe("right")
})

test("a click on the square hides a run from charts, with Alt it alone is shown", async () => {
  const { table } = await mount(digitsFixtures())
  const heard: Array<ReadonlyArray<RunRow>> = []
  table.addEventListener("wl-visibility-change", (event) => heard.push((event as CustomEvent).detail.runs))
  const square = () => rows(table)[1]!.querySelector<HTMLElement>(".toggle")!
  square().click()
  expect(heard.at(-1)!.map(({ name }) => name)).not.toContain(nameOf(rows(table)[1]))
  expect(heard.at(-1)).toHaveLength(9)
  square().dispatchEvent(new MouseEvent("click", { bubbles: true, composed: true, altKey: true }))
  expect(heard.at(-1)!.map(({ name }) => name)).toEqual([nameOf(rows(table)[1])])
})

test("the keyboard moves, selects, shows and opens", async () => {
  const { table } = await mount(digitsFixtures())
  table.shadowRoot!.querySelector<HTMLElement>(".scroller")!.focus()
  await userEvent.keyboard("{ArrowDown}{ArrowDown} ")
  const state = () => table.controller!.getSnapshot()
  expect([...state().selected]).toEqual([state().rows.at(2)!.id])
  await userEvent.keyboard("v")
  expect(state().shown.has(state().rows.at(2)!.id)).toBe(false)
  await userEvent.keyboard("{Control>}{End}{/Control}")
  await expect.poll(() => nameOf(rows(table).at(-1))).toBe("old-larch-07")
  const opened: Array<string> = []
  table.addEventListener("wl-run-open", (event) => {
    opened.push((event as CustomEvent).detail.run.slug)
    event.preventDefault()
  })
  await userEvent.keyboard("{Enter}")
  expect(opened).toEqual(["old-larch-07"])
  await userEvent.keyboard("{Control>}a{/Control}")
  expect(state().selected.size).toBe(21)
})

test("rows that are clicked are selected one after another, and Compare then leads to them", async () => {
  const { table, provider } = await mount(digitsFixtures())
  provider.hrefFor = (target) => (target.kind === "compare" ? `#/${target.runs.join("+")}` : null)
  await table.updateComplete
  const compare = () =>
    [...table.shadowRoot!.querySelectorAll<HTMLAnchorElement>(".bar a")].find((link) =>
      link.textContent!.startsWith("Compare")
    )!
  expect(compare().title).toContain("shown in charts")
  const cell = (at: number) => rows(table)[at]!.querySelector<HTMLElement>(".number")!
  cell(0).click()
  await table.updateComplete
  expect(compare().getAttribute("aria-disabled")).toBe("true")
  cell(2).click()
  await table.updateComplete
  expect(compare().textContent).toBe("Compare 2")
  expect(compare().getAttribute("href")).toBe(`#/${nameOf(rows(table)[0])}+${nameOf(rows(table)[2])}`)
  const heard: Array<ReadonlyArray<string>> = []
  table.addEventListener("wl-compare", (event) => {
    heard.push((event as CustomEvent).detail.runs)
    event.preventDefault()
  })
  compare().click()
  expect(heard[0]).toHaveLength(2)
})

test("selected runs are tagged, untagged, moved, deleted, restored and exported from the bar", async () => {
  const { table } = await mount(digitsFixtures({ runs: 6, points: 5 }))
  const state = () => table.controller!.getSnapshot()
  const button = (label: string) =>
    [...table.shadowRoot!.querySelectorAll<HTMLElement>(".bulk button, .popover button")].find((one) =>
      one.textContent!.startsWith(label)
    )!
  const select = async (at: number) => {
    table.controller!.send({ type: "select", runs: [state().rows.at(at)!.id], mode: "only" })
    await expect.poll(() => button("Tag") ?? button("Restore")).toBeDefined()
  }
  const answer = async (label: string, text: string) => {
    button(label).click()
    await table.updateComplete
    const field = table.shadowRoot!.querySelector<HTMLInputElement>("form.bulk input")!
    field.value = text
    field.form!.requestSubmit()
    await expect.poll(() => state().busy).toBe(false)
    await expect.poll(() => state().status).toBe("ready")
  }
  await select(1)
  await answer("Tag", "kept, best")
  await expect.poll(() => state().rows.at(1)!.tags).toContain("best")
  await select(1)
  await answer("Untag", "best")
  await expect.poll(() => state().rows.at(1)!.tags).not.toContain("best")
  await select(1)
  await answer("Group", "ablation")
  await select(1)
  const files: Array<string> = []
  table.addEventListener("wl-export", (event) => {
    files.push((event as CustomEvent).detail.csv)
    event.preventDefault()
  })
  button("Export").click()
  await expect.poll(() => files[0]?.split("\r\n").length).toBe(3)
  await answer("Move", "language:tiny-gpt")
  expect(state().notice).toBe(null)
  await expect.poll(() => state().rows.total).toBe(5)
  await select(0)
  button("Delete").click()
  await table.updateComplete
  button("Delete").click()
  await expect.poll(() => state().rows.total).toBe(4)
  table.controller!.send({ type: "deleted", deleted: true })
  await expect.poll(() => state().rows.total).toBe(1)
  await select(0)
  button("Restore").click()
  await expect.poll(() => table.shadowRoot!.textContent).toContain("No run is deleted")
})

test("a filter mistake is told with its place and keeps the rows", async () => {
  const { table } = await mount(digitsFixtures())
  const field = table.shadowRoot!.querySelector<HTMLInputElement>(".filter")!
  field.focus()
  await userEvent.keyboard("state:running (lr<1{Enter}")
  await expect.poll(() => table.shadowRoot!.querySelector(".mistake")?.textContent).toContain("Character 15")
  expect(rows(table).length).toBeGreaterThan(5)
  await userEvent.clear(field)
  await userEvent.keyboard("state:running{Enter}")
  await expect.poll(() => rows(table).length).toBe(2)
})

test("a change elsewhere replaces its row where it stands", async () => {
  const { client, table } = await mount(digitsFixtures())
  const { id } = table.controller!.getSnapshot().rows.at(0)!
  await client.runs.finish(id, { state: "failed" })
  await expect.poll(() => rows(table)[0]!.querySelector(".pill")!.textContent).toBe("Failed")
  await client.runs.create("vision:digits", { slug: "brand-new" })
  await expect.poll(() => nameOf(rows(table)[0])).toBe("brand-new")
})

test("names are text: markup, 1,000 characters and control characters stay in their cell", async () => {
  const hostile = [
    '<img src=x onerror="window.hacked=1">',
    "x".repeat(1000),
    "‮evil\u0000",
    "<script>window.hacked=1</script>"
  ]
  const { table } = await mount({
    projects: [
      {
        slug: "digits",
        entity: "vision",
        runs: hostile.map((name, at) => ({ slug: `r${at}`, name, tags: [name.slice(0, 200)] }))
      }
    ]
  })
  expect(rows(table)).toHaveLength(4)
  expect(table.shadowRoot!.querySelector("img, script")).toBe(null)
  expect((window as { hacked?: number }).hacked).toBe(undefined)
  for (const row of rows(table)) expect(row.getBoundingClientRect().height).toBe(32)
})

test.each(["light", "dark"] as const)("is clean for axe in %s: rows, empty, no match, error", async (theme) => {
  const { client, table } = await mount(digitsFixtures(), theme)
  expect(await axeFaults()).toEqual([])
  table.controller!.send({ type: "select", runs: [table.controller!.getSnapshot().rows.at(0)!.id], mode: "only" })
  await table.updateComplete
  expect(await axeFaults()).toEqual([])
  table.controller!.send({ type: "filter", text: "name~nobody" })
  await expect.poll(() => table.shadowRoot!.querySelector(".message")?.textContent).toContain("No run matches")
  expect(await axeFaults()).toEqual([])
  client.close()
  document.body.replaceChildren()
  const failing = await mount(
    { ...digitsFixtures(), failing: new Map([["runs.search", "The database is busy"]]) },
    theme
  )
  await expect.poll(() => failing.table.shadowRoot!.textContent).toContain("The database is busy")
  expect(await axeFaults()).toEqual([])
})

test("Retry asks again", async () => {
  const fixtures = { ...digitsFixtures(), failing: new Map([["runs.search", "The database is busy"]]) }
  const { client, table }: { client: MemoryClient; table: WlRunTable } = await mount(fixtures)
  await expect.poll(() => table.shadowRoot!.textContent).toContain("The database is busy")
  fixtures.failing.clear()
  const asked = () => client.calls.filter((call) => call === "runs.search").length
  const before = asked()
  table.shadowRoot!.querySelector<HTMLElement>(".message .button")!.click()
  await expect.poll(() => rows(table).length).toBeGreaterThan(5)
  expect(asked()).toBe(before + 1)
})

test("100,000 rows of the host's own columns keep few nodes and reach the last row", async () => {
  const count = 100_000
  const table = document.createElement("wl-run-table")
  const frame = document.createElement("div")
  frame.style.cssText = "width: 1200px; height: 800px"
  frame.append(table)
  document.body.append(frame)
  const column = () => Float64Array.from({ length: count }, (_, at) => Math.sin(at))
  table.data = {
    ids: Array.from({ length: count }, (_, at) => `run-${at}`),
    columns: Object.fromEntries(Array.from({ length: 12 }, (_, at) => [`m${at}`, column()]))
  }
  table.sort = ""
  await table.updateComplete
  await expect.poll(() => rows(table).length).toBeGreaterThan(20)
  expect(table.shadowRoot!.querySelectorAll("*").length).toBeLessThan(1500)
  const scroller = table.shadowRoot!.querySelector<HTMLElement>(".scroller")!
  scroller.scrollTop = scroller.scrollHeight
  await expect.poll(() => nameOf(rows(table).at(-1))).toBe("run-99999")
})

test("rows are grouped from the menu, folded by click and keyboard, and clean for axe", async () => {
  const { table } = await mount(digitsFixtures())
  const button = (label: string) =>
    [...table.shadowRoot!.querySelectorAll<HTMLElement>(".bar .button")].find((one) => one.textContent === label)!
  button("Group").click()
  await expect.poll(() => table.shadowRoot!.querySelector(".popover")).not.toBe(null)
  const choice = () =>
    [...table.shadowRoot!.querySelectorAll("label")].find((label) => label.textContent!.trim().startsWith("lr"))!
  choice().querySelector("input")!.click()
  await expect.poll(() => table.shadowRoot!.querySelectorAll(".row.group:not([hidden])").length).toBeGreaterThan(3)
  const group = () => rows(table)[0]!
  expect(nameOf(group())).toBe("lr: 0.003")
  expect(group().querySelector(".tag")!.textContent).toBe("2 runs")
  expect(group().querySelector(".number")!.textContent).toBe("0.9719")
  expect(group().getAttribute("aria-expanded")).toBe("true")
  expect(table.shadowRoot!.querySelector(".info")!.textContent).toContain("grouped by lr")
  expect(await axeFaults()).toEqual([])
  group().click()
  await expect.poll(() => group().getAttribute("aria-expanded")).toBe("false")
  expect(rows(table)[1]!.classList.contains("group")).toBe(true)
  table.shadowRoot!.querySelector<HTMLElement>(".scroller")!.focus()
  await userEvent.keyboard("{ArrowRight}")
  await expect.poll(() => group().getAttribute("aria-expanded")).toBe("true")
})

test("a column is made wider by dragging its edge and by the keyboard, and told to the host", async () => {
  const { table } = await mount(digitsFixtures(), "light", 900)
  const widths: Array<Readonly<Record<string, number>>> = []
  table.addEventListener("wl-state-change", (event) => widths.push((event as CustomEvent).detail.widths))
  const head = () => table.shadowRoot!.querySelectorAll<HTMLElement>(".head.number")[0]!
  const before = head().offsetWidth
  const grip = head().querySelector<HTMLElement>(".grip")!
  const { x, y } = grip.getBoundingClientRect()
  const at = (type: string, clientX: number) =>
    grip.dispatchEvent(new PointerEvent(type, { clientX, clientY: y, pointerId: 1, bubbles: true, cancelable: true }))
  grip.setPointerCapture = () => undefined
  at("pointerdown", x)
  at("pointermove", x + 40)
  grip.dispatchEvent(new PointerEvent("lostpointercapture"))
  await expect.poll(() => head().offsetWidth).toBe(before + 40)
  expect(widths.at(-1)).toEqual({ "summary.val/acc": before + 40 })
  at("pointermove", x + 90)
  expect(table.controller!.getSnapshot().widths).toEqual({ "summary.val/acc": before + 40 })
  table.shadowRoot!.querySelector<HTMLElement>(".scroller")!.focus()
  await userEvent.keyboard("{ArrowUp}{ArrowRight}{ArrowRight}{Shift>}{ArrowRight}{/Shift}")
  await expect.poll(() => head().offsetWidth).toBe(before + 56)
  grip.dispatchEvent(new MouseEvent("dblclick", { bubbles: true }))
  await expect.poll(() => head().offsetWidth).toBe(before)
})

test("a name too long for its cell keeps its beginning and its end", async () => {
  const name = "resnet50-imagenet-pretrained-lr0.003-batch256-seed17"
  const { table } = await mount({ projects: [{ slug: "digits", entity: "vision", runs: [{ slug: "r", name }] }] })
  const link = rows(table)[0]!.querySelector<HTMLElement>(".link")!
  expect(link.textContent).toBe(name)
  const [head, tail] = [...link.children].map((part) => part.getBoundingClientRect())
  expect(link.firstElementChild!.scrollWidth).toBeGreaterThan(head!.width)
  expect(tail!.right).toBeLessThanOrEqual(link.getBoundingClientRect().right + 1)
  expect(link.lastElementChild!.textContent).toBe("6-seed17")
})
