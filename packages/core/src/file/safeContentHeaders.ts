/**
 * Headers of every answer that carries a user's bytes. A browser must not run what someone uploaded with the rights of the
 * page's origin: only pictures, sound and film of known types show in place, everything else is a download.
 */

/** SVG is a document that runs scripts, PDF one that may; both stay downloads. */
const shownInPlace = new Set([
  "audio/aac",
  "audio/flac",
  "audio/mp4",
  "audio/mpeg",
  "audio/ogg",
  "audio/wav",
  "audio/webm",
  "image/avif",
  "image/bmp",
  "image/gif",
  "image/jpeg",
  "image/png",
  "image/vnd.microsoft.icon",
  "image/webp",
  "video/mp4",
  "video/ogg",
  "video/webm"
])

const printableType = /^[\x20-\x7e]{3,255}$/

/** `filename` for old clients and `filename*` with the whole name for the others (RFC 6266, RFC 8187). */
const dispositionOf = (kind: "inline" | "attachment", fileName: string): string => {
  const name = fileName.replace(/^.*[/\\]/, "").replace(/\p{Cc}|\p{Cs}/gu, "_") || "file"
  const plain = name.replace(/[^\x20-\x7e]|["\\%]/g, "_")
  const encoded = encodeURIComponent(name).replace(/['()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`)
  return plain === name ? `${kind}; filename="${plain}"` : `${kind}; filename="${plain}"; filename*=UTF-8''${encoded}`
}

export interface SafeContentOptions {
  /** Which pages may embed the bytes. Default `same-origin`. */
  readonly resourcePolicy?: "same-origin" | "same-site" | "cross-origin" | undefined
}

/** `fileName` may be a path; its last segment counts. An empty or odd content type becomes `application/octet-stream`. */
export const safeContentHeaders = (
  contentType: string,
  fileName: string,
  options: SafeContentOptions = {}
): Readonly<Record<string, string>> => {
  const type = printableType.test(contentType) ? contentType : "application/octet-stream"
  const essence = type.split(";")[0]!.trim().toLowerCase()
  return {
    "content-type": type,
    "content-disposition": dispositionOf(shownInPlace.has(essence) ? "inline" : "attachment", fileName),
    "x-content-type-options": "nosniff",
    "content-security-policy": "default-src 'none'; style-src 'unsafe-inline'; sandbox",
    "cross-origin-resource-policy": options.resourcePolicy ?? "same-origin"
  }
}
