/**
 * Takes every page of a running server in light and dark, narrow and wide, for a person to look at:
 * `node scripts/screenshots.mjs http://127.0.0.1:8080 local/digits [run-slug]` writes PNGs to out/shots.
 */
import { mkdirSync } from "node:fs"
import { chromium } from "playwright"

const [base = "http://127.0.0.1:8080", project = "local/digits", wantedRun, only] = process.argv.slice(2)
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM_PATH ?? "/usr/bin/chromium",
  args: ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
})
mkdirSync("out/shots", { recursive: true })

const [entity, slug] = project.split("/")
const answer = await fetch(`${base}/api/v1/projects/${entity}:${slug}/runs`).then((response) => response.json())
const runs = answer.items.map((run) => run.slug)
const run = wantedRun && wantedRun !== "-" ? wantedRun : runs[0]
const pages = {
  projects: "/",
  project: `/${project}`,
  "run-overview": `/${project}/runs/${run}`,
  "run-charts": `/${project}/runs/${run}/charts`,
  "run-logs": `/${project}/runs/${run}/logs`,
  "run-logs-wrapped": `/${project}/runs/${run}/logs`,
  "run-system": `/${project}/runs/${run}/system`,
  "run-files": `/${project}/runs/${run}/files`,
  compare: `/${project}/compare?runs=${runs.slice(0, 3).join(",")}`,
  "compare-lower": `/${project}/compare?runs=${runs.slice(0, 3).join(",")}`,
  settings: "/settings",
  "project-table": `/${project}?view=table`,
  "project-grouped": `/${project}?view=table`,
  "project-settings": `/${project}?view=settings`,
  "project-new": "/",
  missing: "/no/such/page/here"
}

/** What is done to a page before it is taken. */
const press = (page, name) => page.getByRole("button", { name, exact: true }).click()
const before = {
  "project-new": async (page) => {
    await press(page, "New project")
    await page.getByRole("dialog").waitFor()
  },
  "project-grouped": async (page) => {
    await press(page, "Group")
    await page.getByRole("radio", { name: /^lr/ }).click()
  },
  "run-logs-wrapped": (page) => press(page, "Wrap"),
  "compare-lower": (page) =>
    page.evaluate(() => {
      // The page itself scrolls, or the tallest box in it that can.
      const boxes = []
      const visit = (root) => {
        for (const element of root.querySelectorAll("*")) {
          if (
            element.scrollHeight > element.clientHeight + 40 &&
            /auto|scroll/.test(getComputedStyle(element).overflowY)
          )
            boxes.push(element)
          if (element.shadowRoot) visit(element.shadowRoot)
        }
      }
      visit(document)
      for (const box of [document.scrollingElement, ...boxes]) box.scrollTop = box.scrollHeight
    })
}

for (const width of [1440, 1024, 375]) {
  for (const colorScheme of ["light", "dark"]) {
    const context = await browser.newContext({ viewport: { width, height: width === 375 ? 812 : 900 }, colorScheme })
    for (const [name, path] of Object.entries(pages)) {
      if (only !== undefined && !name.startsWith(only)) continue
      const page = await context.newPage()
      page.on("console", (message) => {
        if (message.type() === "error") console.error(`${name}: ${message.text()}`)
      })
      page.on("pageerror", (error) => console.error(`${name}: ${error.message}`))
      await page.goto(base + path, { waitUntil: "load" })
      await page.waitForTimeout(1500)
      if (before[name] !== undefined) {
        await before[name](page)
        await page.waitForTimeout(700)
      }
      await page.screenshot({ path: `out/shots/${name}-${colorScheme}-${width}.png` })
      await page.close()
    }
    await context.close()
  }
}
await browser.close()
