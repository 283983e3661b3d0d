/**
 * The headers of every answer that carries a user's bytes, plugins' included: downloaded unless the type is a picture, sound
 * or film that cannot run script, and never sniffed, framed or read by another site.
 */
const shown: ReadonlySet<string> = new Set([
  "image/png",
  "image/jpeg",
  "image/gif",
  "image/webp",
  "image/avif",
  "image/bmp",
  "audio/mpeg",
  "audio/ogg",
  "audio/wav",
  "audio/flac",
  "audio/aac",
  "audio/mp4",
  "audio/webm",
  "video/mp4",
  "video/webm",
  "video/ogg"
])

/** A name that survives in a header: ASCII with the odd replaced, and the true one percent-encoded (RFC 6266). */
const dispositionName = (name: string): string => {
  const plain = name.replace(/[^\x20-\x7e]|["\\%]/g, "_")
  const encoded = encodeURIComponent(name).replace(/['()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`)
  return `filename="${plain}"; filename*=UTF-8''${encoded}`
}

/** Types that browsers run are sent as bytes: the disposition alone would leave embedding by `<object>` to old browsers. */
export const safeContentType = (contentType: string): string => {
  const type = contentType.split(";", 1)[0]!.trim().toLowerCase()
  if (shown.has(type)) return type
  if (!/^[a-z0-9!#$&^_.+-]+\/[a-z0-9!#$&^_.+-]+$/.test(type)) return "application/octet-stream"
  return /html|xml|svg|javascript|ecmascript/.test(type) ? "application/octet-stream" : type
}

export const safeContentHeaders = (fileName: string, contentType: string): Readonly<Record<string, string>> => ({
  "content-type": safeContentType(contentType),
  "content-disposition": `${shown.has(safeContentType(contentType)) ? "inline" : "attachment"}; ${dispositionName(fileName)}`,
  "content-security-policy": "sandbox; default-src 'none'",
  "cross-origin-resource-policy": "same-origin",
  "x-content-type-options": "nosniff"
})
