import fc from "fast-check"
import { afterEach, expect, test, vi } from "vitest"
import { createMemoryClient } from "../src/client-memory/index.ts"
import { ansiSpans } from "../src/log-viewer/ansi.ts"
import { highlight, searchPattern } from "../src/log-viewer/highlight.ts"
import { LogViewerController } from "../src/log-viewer/LogViewerController.ts"

const open: Array<LogViewerController> = []
const until = (check: () => void) => vi.waitFor(check, { timeout: 5000, interval: 5 })

afterEach(() => {
  for (const controller of open.splice(0)) controller.dispose()
})

const start = async (lines: number) => {
  const logs = Array.from({ length: lines }, (_, at) => ({
    text: at % 500 === 3 ? `needle ${at}` : `line ${at}`,
    level: at % 500 === 3 ? ("warn" as const) : null
  }))
  const client = createMemoryClient({ projects: [{ slug: "p", entity: "e", runs: [{ slug: "r", logs }] }] })
  const controller = new LogViewerController(client, "e:p:r")
  open.push(controller)
  await until(() => expect(controller.getSnapshot().status).toBe("ready"))
  return { client, controller }
}

test("the end is read first, and pages load where they come into view", async () => {
  const { controller } = await start(5000)
  expect(controller.getSnapshot()).toMatchObject({ count: 5000, follow: true })
  expect(controller.line(4999)?.text).toBe("line 4999")
  expect(controller.line(10)).toBe(undefined)
  controller.send({ type: "need", first: 0, last: 50 })
  await until(() => expect(controller.line(10)?.text).toBe("line 10"))
})

test("live lines join at the end, and a redrawn line replaces itself", async () => {
  const { client, controller } = await start(10)
  await client.logs.append("e:p:r", [{ line: 10, text: "50 %" }])
  await until(() => expect(controller.line(10)?.text).toBe("50 %"))
  await client.logs.append("e:p:r", [{ line: 10, text: "100 %" }])
  await until(() => expect(controller.line(10)?.text).toBe("100 %"))
  expect(controller.getSnapshot().count).toBe(11)
  expect(await (await controller.download()).text()).toContain("100 %")
})

test("a search finds all matches, walks them round and stops following", async () => {
  const { controller } = await start(3000)
  controller.send({ type: "search", text: "NEEDLE" })
  await until(() => expect(controller.getSnapshot()).toMatchObject({ searching: false, match: 0 }))
  expect(controller.getSnapshot().matches).toEqual([3, 503, 1003, 1503, 2003, 2503])
  controller.send({ type: "match", direction: -1 })
  expect(controller.getSnapshot()).toMatchObject({ match: 5, follow: false })
  controller.send({ type: "search", text: "(", regex: true })
  await until(() => expect(controller.getSnapshot().mistake).not.toBe(null))
  controller.send({ type: "search", text: "" })
  expect(controller.getSnapshot()).toMatchObject({ matches: [], mistake: null })
})

test("levels leave only their lines, and give all back", async () => {
  const { controller } = await start(3000)
  controller.send({ type: "level", level: "warn" })
  await until(() => expect(controller.getSnapshot()).toMatchObject({ count: 6, more: false }))
  expect(controller.line(1)?.text).toBe("needle 503")
  expect(controller.loadedText().split("\n")).toHaveLength(6)
  controller.send({ type: "level", level: "all" })
  expect(controller.getSnapshot().count).toBe(3000)
})

test("colours of a terminal become spans; other sequences and unseen characters do not come through", () => {
  expect(ansiSpans("a\u001b[31mred\u001b[0m b")).toEqual([
    { text: "a", style: "" },
    { text: "red", style: "color: var(--wl-fail)" },
    { text: " b", style: "" }
  ])
  expect(ansiSpans("\u001b[38;2;1;2;300mx")[0]!.style).toBe("color: rgb(1 2 255)")
  expect(ansiSpans("\u001b[1;3;4;48;5;196mx")[0]!.style).toBe(
    "background: rgb(255 0 0); font-weight: 600; font-style: italic; text-decoration: underline"
  )
  expect(ansiSpans("\u001b]0;title\u0007a\u001b[2Kb\u202e")).toEqual([
    { text: "a", style: "" },
    { text: "b\ufffd", style: "" }
  ])
})

test("whatever a line holds, its spans join to its text and marks cover exactly the matches", () => {
  fc.assert(
    fc.property(
      fc.string({ unit: fc.constantFrom("a", "b", "\u001b[31m", "\u001b[0m", "\u001b[", "<", "7") }),
      (line) => {
        const spans = ansiSpans(line)
        const marked = highlight(spans, searchPattern("a", false))
        const text = spans.map((span) => span.text).join("")
        expect(marked.map((span) => span.text).join("")).toBe(text)
        expect(
          marked
            .filter((span) => span.marked)
            .map((span) => span.text)
            .join("")
        ).toBe("a".repeat(text.split("a").length - 1))
      }
    ),
    { numRuns: 100 }
  )
  expect(searchPattern("[", true)).toBe(null)
})
