/**
 * Keeps pages of other origins away from every route, plugins and the WebSocket upgrade included. Programs send neither
 * header and pass; browsers always send one where it matters.
 */
import type { ApiRequest } from "../http/ApiRequest.ts"

const isSafe = (method: string) => method === "GET" || method === "HEAD" || method === "OPTIONS"

const hostOf = (origin: string): string | null => {
  try {
    return new URL(origin).host
  } catch {
    return null
  }
}

/** `Host` without the port that is its scheme's default, as browsers write it in `Origin`. */
const sameHost = (origin: string, host: string): boolean => {
  const theirs = hostOf(origin)
  if (theirs === null) return false
  return theirs === host.toLowerCase() || theirs === host.toLowerCase().replace(/:(80|443)$/, "")
}

export const isTrustedOrigin = (origin: string, trustedOrigins: ReadonlyArray<string>): boolean =>
  trustedOrigins.includes(origin)

/**
 * Null when the request may go on, else the reason. A person who follows a link from another site to a page (not to the
 * API) is let through: that is a navigation, whose answer the other site cannot read.
 */
export const whyForeign = (
  request: Pick<ApiRequest, "method" | "path" | "header">,
  trustedOrigins: ReadonlyArray<string>
): string | null => {
  const origin = request.header("origin")
  if (origin === "null") return "Origin null is not allowed"
  if (origin !== null) {
    if (isTrustedOrigin(origin, trustedOrigins)) return null
    const host = request.header("host")
    if (host === null || !sameHost(origin, host)) return `Origin ${origin} is not allowed`
  }
  if (request.header("sec-fetch-site") !== "cross-site") return null
  const followsLink =
    origin === null &&
    isSafe(request.method) &&
    request.header("sec-fetch-mode") === "navigate" &&
    request.header("sec-fetch-dest") === "document" &&
    !request.path.startsWith("/api/")
  return followsLink ? null : "Requests from other sites are not allowed"
}

/** An unsafe method that signs in by cookie must say which page it comes from; the page's origin was checked above. */
export const whyCookieRefused = (request: Pick<ApiRequest, "method" | "header">): string | null =>
  isSafe(request.method) || request.header("origin") !== null
    ? null
    : "A change that signs in by cookie needs an Origin header"
