/** Answers with one file of the built app: packed where the client takes it, kept for ever where its name has a hash. */
import type { Asset } from "./Asset.ts"

const decoded = new WeakMap<Asset, Uint8Array<ArrayBuffer>>()

const bytesOf = (asset: Asset): Uint8Array<ArrayBuffer> => {
  const known = decoded.get(asset)
  if (known !== undefined) return known
  const bytes = Uint8Array.from(atob(asset.body), (letter) => letter.charCodeAt(0))
  decoded.set(asset, bytes)
  return bytes
}

const takesGzip = (request: Request): boolean =>
  /(^|[,\s])gzip(?!\s*;\s*q=0(\.0*)?\s*(,|$))/i.test(request.headers.get("accept-encoding") ?? "")

export const assetResponse = (request: Request, asset: Asset): Response => {
  const packed = asset.gzip && takesGzip(request)
  const etag = packed ? `"${asset.etag}-gz"` : `"${asset.etag}"`
  const headers = new Headers({
    "content-type": asset.type,
    "x-content-type-options": "nosniff",
    "cross-origin-resource-policy": "same-origin",
    "cache-control": "public, max-age=31536000, immutable",
    etag
  })
  if (asset.gzip) headers.set("vary", "accept-encoding")
  if (request.headers.get("if-none-match") === etag) return new Response(null, { status: 304, headers })
  const bytes = bytesOf(asset)
  if (packed) headers.set("content-encoding", "gzip")
  headers.set("content-length", String(asset.gzip && !packed ? asset.sizeBytes : bytes.length))
  if (request.method === "HEAD") return new Response(null, { headers })
  if (packed || !asset.gzip) return new Response(bytes, { headers })
  return new Response(new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip")), { headers })
}
