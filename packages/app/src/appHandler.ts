/**
 * Serves the web app from modules. Pages carry a relative base, so the same files work under any mount, whether or not
 * the host strips its prefix; nothing is read from disk and nothing of a request becomes a path.
 */
import type { Asset } from "./Asset.ts"
import { assetResponse } from "./assetResponse.ts"
import { pageOf } from "./web/routes.ts"

export interface AppHandlerOptions {
  /** Where the app is mounted, such as `/ml`, when the host leaves that prefix in the address. Default: none. */
  readonly basePath?: string
}

/** `mount` says where this one request came in, for hosts that only know then. */
export type AppHandler = (request: Request, mount?: AppHandlerOptions) => Response | null

/** First path segments that belong to the server's API and to the protocols beside it. */
const notPages = new Set([
  "api",
  "assets",
  "artifactsv2",
  "files",
  "graphql",
  "health",
  "live",
  "login",
  "metrics",
  "oidc",
  "ready"
])

const policy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "font-src 'self'",
  "img-src 'self' data: blob:",
  "media-src 'self' blob:",
  "connect-src 'self'",
  "worker-src 'self'",
  "frame-src 'self'",
  "base-uri 'self'",
  "form-action 'self'",
  "frame-ancestors 'self'"
].join("; ")

const pageHeaders = {
  "content-security-policy": policy,
  "content-type": "text/html; charset=utf-8",
  "x-content-type-options": "nosniff",
  "referrer-policy": "same-origin",
  "cross-origin-opener-policy": "same-origin",
  "cache-control": "no-cache"
}

/** Answers GET and HEAD of pages and their files; null for every other request, which is then somebody else's. */
export const appHandler =
  (assets: ReadonlyMap<string, Asset>, options: AppHandlerOptions): AppHandler =>
  (request, mount) => {
    const base = (mount?.basePath ?? options.basePath ?? "").replace(/\/+$/, "")
    if (request.method !== "GET" && request.method !== "HEAD") return null
    const { pathname } = new URL(request.url)
    const inside = base !== "" && (pathname === base || pathname.startsWith(`${base}/`))
    const path = (inside ? pathname.slice(base.length) : pathname).replace(/^\/+/, "")
    const asset = assets.get(path)
    if (asset !== undefined && path !== "index.html") return assetResponse(request, asset)
    const first = path.split("/", 1)[0]!
    if (path === "index.html" || notPages.has(first)) return null
    return pageResponse(assets.get("index.html"), request, path, inside && pathname === base)
  }

const pageResponse = (index: Asset | undefined, request: Request, path: string, withoutSlash: boolean): Response => {
  if (index?.text === undefined) {
    return new Response("The web app is not built. Run: npm run build --workspace packages/app\n", {
      status: 503,
      headers: { "content-type": "text/plain; charset=utf-8", "x-content-type-options": "nosniff" }
    })
  }
  const up = withoutSlash
    ? `./${new URL(request.url).pathname.split("/").at(-1)}/`
    : "../".repeat(path.split("/").length - 1)
  const etag = `"${index.etag}-${path.split("/").length}${withoutSlash ? "b" : ""}"`
  const status = pageOf(path, "").kind === "lost" ? 404 : 200
  const headers = { ...pageHeaders, etag }
  if (status === 200 && request.headers.get("if-none-match") === etag)
    return new Response(null, { status: 304, headers })
  const text = index.text.replace("<head>", `<head>\n    <base href="${up === "" ? "./" : up}">`)
  return new Response(request.method === "HEAD" ? null : text, { status, headers })
}
