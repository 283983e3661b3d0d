/**
 * A page of charts as a person meets it: the built app in a fresh browser, opened at an address, scrolled once from top to
 * bottom, a screen at a time as soon as all charts on the screen are drawn.
 */
import { type Browser, chromium } from "playwright"

export interface PageTimes {
  /** From the navigation on, in milliseconds: the first screen of charts, and every chart. */
  readonly firstScreenMs: number
  readonly allMs: number
  readonly screens: number
}

interface Chart extends EventTarget {
  readonly label?: string | null
}

const args = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"]

/** People open a page in a browser that runs already: what it does after its own start must not count as the page's. */
export const openBrowser = async (): Promise<Browser> => {
  const browser = await chromium.launch({ executablePath: process.env.CHROMIUM_PATH ?? "/usr/bin/chromium", args })
  await new Promise((resolve) => setTimeout(resolve, 2000))
  return browser
}

/** `url` is a project's page of charts. Answers once `charts` different charts have told that their lines are on screen. */
export const scrollCharts = async (browser: Browser, url: string, charts: number): Promise<PageTimes> => {
  // A context of its own: nothing is cached.
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } })
  const page = await context.newPage()
  await page.addInitScript(() => {
    const drawn = new Set<string>()
    Object.assign(globalThis, { drawn })
    addEventListener("wl-drawn", (event) => drawn.add((event.composedPath()[0] as Chart).label ?? ""))
  })
  await page.goto(url, { waitUntil: "commit" })
  const times = await page.evaluate(async (wanted): Promise<PageTimes> => {
    const { drawn } = globalThis as unknown as { readonly drawn: ReadonlySet<string> }
    const frame = () => new Promise((done) => requestAnimationFrame(done))
    const inside = (root: ParentNode | null | undefined, name: string): Element | null =>
      root?.querySelector(name) ?? null
    const panels = () =>
      inside(inside(inside(document, "wl-app")?.shadowRoot, "app-project")?.shadowRoot, ".panels") as HTMLElement | null
    const cells = () => [
      ...(inside(panels(), "wl-chart-grid")?.shadowRoot?.querySelectorAll<HTMLElement>(".cell") ?? [])
    ]
    while (cells().length < wanted) await frame()
    const scroller = panels()!
    const scrolled = scroller.scrollHeight > scroller.clientHeight ? scroller : document.documentElement
    const bottom = Math.min(innerHeight, scroller.getBoundingClientRect().bottom)
    // Where the cells lie is read once: asking in every frame would be work of the bench, not of the page.
    const places = cells().map((cell) => {
      const { top: upper, bottom: lower } = cell.getBoundingClientRect()
      return { key: cell.dataset.key ?? "", upper, lower }
    })
    const onScreen = () => {
      const by = scrolled.scrollTop
      return places.every(({ key, upper, lower }) => lower < by || upper - by > bottom || drawn.has(key))
    }
    let first = 0
    let screens = 0
    for (;;) {
      while (!onScreen()) await frame()
      screens += 1
      first ||= performance.now()
      if (scrolled.scrollTop + scrolled.clientHeight >= scrolled.scrollHeight - 1) break
      scrolled.scrollTop += scrolled.clientHeight
      await frame()
    }
    while (drawn.size < wanted) await frame()
    return { firstScreenMs: first, allMs: performance.now(), screens }
  }, charts)
  await context.close()
  return times
}
