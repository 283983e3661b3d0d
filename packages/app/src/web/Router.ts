/** The address bar as state: follows links of this app without loading anew, and writes view state into the query. */
import { type Page, pageOf } from "./routes.ts"

export class Router {
  readonly #base = new URL(".", document.baseURI)
  readonly #changed: () => void

  constructor(changed: () => void) {
    this.#changed = changed
  }

  /** Starts to follow links and the browser's own buttons. */
  connect(): void {
    addEventListener("popstate", this.#changed)
    addEventListener("click", this.#followed)
  }

  disconnect(): void {
    removeEventListener("popstate", this.#changed)
    removeEventListener("click", this.#followed)
  }

  get page(): Page {
    return pageOf(location.pathname.slice(this.#base.pathname.length), location.search)
  }

  /** Absolute address of a path relative to the base. */
  address(path: string): string {
    return new URL(path, this.#base).href
  }

  go(path: string): void {
    history.pushState(null, "", this.address(path))
    scrollTo(0, 0)
    this.#changed()
  }

  query(name: string): string | null {
    return new URLSearchParams(location.search).get(name)
  }

  /** Sets or, with null, removes parameters of the page's address without a new history entry. */
  setQuery(values: Readonly<Record<string, string | null>>): void {
    const url = new URL(location.href)
    for (const [name, value] of Object.entries(values)) {
      if (value === null || value === "") url.searchParams.delete(name)
      else url.searchParams.set(name, value)
    }
    if (url.href !== location.href) history.replaceState(history.state, "", url)
  }

  readonly #followed = (event: MouseEvent): void => {
    if (
      event.defaultPrevented ||
      event.button !== 0 ||
      event.metaKey ||
      event.ctrlKey ||
      event.shiftKey ||
      event.altKey
    )
      return
    const link = event
      .composedPath()
      .find((node): node is HTMLAnchorElement => node instanceof HTMLAnchorElement && node.href !== "")
    if (link === undefined || link.target !== "" || link.hasAttribute("download")) return
    const url = new URL(link.href)
    if (url.origin !== location.origin || !url.pathname.startsWith(this.#base.pathname) || url.protocol === "blob:")
      return
    if (url.hash !== "" && url.pathname === location.pathname && url.search === location.search) return
    if (/^(api|health|ready|metrics|graphql|files)(\/|$)/.test(url.pathname.slice(this.#base.pathname.length))) return
    event.preventDefault()
    history.pushState(null, "", url)
    scrollTo(0, 0)
    this.#changed()
  }
}
