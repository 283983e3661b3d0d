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
  "run-system": `/${project}/runs/${run}/system`,
  "run-files": `/${project}/runs/${run}/files`,
  compare: `/${project}/compare?runs=${runs.slice(0, 3).join(",")}`,
  settings: "/settings",
  missing: "/no/such/page/here"
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
      await page.screenshot({ path: `out/shots/${name}-${colorScheme}-${width}.png` })
      await page.close()
    }
    await context.close()
  }
}
await browser.close()
