/**
 * Who counts as local: the peer and the `Host` are loopback and nothing was forwarded. A name check alone would let a page
 * that rebinds its DNS name in; a peer check alone would let in what a proxy on this machine forwards.
 */
import type { ApiRequest } from "../http/ApiRequest.ts"

export const isLoopbackAddress = (address: string | null): boolean =>
  address !== null && (address === "::1" || /^(::ffff:)?127\.\d{1,3}\.\d{1,3}\.\d{1,3}$/.test(address))

/** The host name without its port. */
export const hostName = (host: string): string => host.replace(/:\d*$/, "")

export const isLoopbackHost = (host: string | null): boolean => {
  if (host === null) return false
  const name = hostName(host).toLowerCase()
  return name === "localhost" || name.endsWith(".localhost") || name === "[::1]" || isLoopbackAddress(name)
}

const proxyHeaders = [
  "forwarded",
  "via",
  "x-forwarded",
  "x-forwarded-by",
  "x-forwarded-client-cert",
  "x-forwarded-email",
  "x-forwarded-groups",
  "x-forwarded-method",
  "x-forwarded-path",
  "x-forwarded-preferred-username",
  "x-forwarded-scheme",
  "x-forwarded-ssl",
  "x-forwarded-uri",
  "x-forwarded-user",
  "x-original-host",
  "cf-connecting-ip",
  "true-client-ip",
  "x-forwarded-for",
  "x-forwarded-host",
  "x-forwarded-proto",
  "x-forwarded-port",
  "x-forwarded-server",
  "x-forwarded-prefix",
  "x-real-ip"
]

/** Null when the request is from this machine's own user, else the reason why not. */
export const whyNotLocal = (request: Pick<ApiRequest, "peer" | "header">): string | null => {
  if (request.peer === null) return "the transport does not say where the request comes from"
  if (!isLoopbackAddress(request.peer)) return "the request does not come from this machine"
  if (!isLoopbackHost(request.header("host"))) return "the Host header is not a loopback name"
  const proxied = proxyHeaders.find((name) => request.header(name) !== null)
  return proxied === undefined ? null : `the request came through a proxy (${proxied})`
}
