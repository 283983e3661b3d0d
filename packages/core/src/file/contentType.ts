/** The media type of a file by the ending of its name, for clients that do not say. */
const byEnding: Readonly<Record<string, string>> = {
  aac: "audio/aac",
  avif: "image/avif",
  bmp: "image/bmp",
  cfg: "text/plain; charset=utf-8",
  css: "text/css; charset=utf-8",
  csv: "text/csv; charset=utf-8",
  diff: "text/x-diff; charset=utf-8",
  flac: "audio/flac",
  gif: "image/gif",
  gz: "application/gzip",
  html: "text/html; charset=utf-8",
  ico: "image/vnd.microsoft.icon",
  ini: "text/plain; charset=utf-8",
  ipynb: "application/x-ipynb+json",
  jpeg: "image/jpeg",
  jpg: "image/jpeg",
  js: "text/javascript; charset=utf-8",
  json: "application/json",
  jsonl: "application/x-ndjson",
  log: "text/plain; charset=utf-8",
  md: "text/markdown; charset=utf-8",
  mp3: "audio/mpeg",
  mp4: "video/mp4",
  ndjson: "application/x-ndjson",
  npy: "application/x-npy",
  npz: "application/zip",
  ogg: "audio/ogg",
  ogv: "video/ogg",
  onnx: "application/x-onnx",
  parquet: "application/vnd.apache.parquet",
  patch: "text/x-diff; charset=utf-8",
  pdf: "application/pdf",
  png: "image/png",
  py: "text/x-python; charset=utf-8",
  svg: "image/svg+xml",
  tar: "application/x-tar",
  toml: "application/toml",
  ts: "text/plain; charset=utf-8",
  tsv: "text/tab-separated-values; charset=utf-8",
  txt: "text/plain; charset=utf-8",
  wav: "audio/wav",
  weba: "audio/webm",
  webm: "video/webm",
  webp: "image/webp",
  xml: "application/xml",
  yaml: "application/yaml",
  yml: "application/yaml",
  zip: "application/zip"
}

/** `application/octet-stream` where the ending says nothing. */
export const contentTypeOf = (path: string): string => {
  const ending = /\.([A-Za-z0-9]+)$/.exec(path)?.[1]?.toLowerCase() ?? ""
  return Object.hasOwn(byEnding, ending) ? byEnding[ending]! : "application/octet-stream"
}

const mediaType =
  /^[A-Za-z0-9!#$&^_.+-]{1,127}\/[A-Za-z0-9!#$&^_.+-]{1,127}(?:\s*;\s*[\w-]+=(?:[\w.+-]+|"[^"\\\r\n]{0,100}"))*$/

/** Whether a text is a media type with parameters (RFC 9110 §8.3.1) of at most 255 characters. */
export const isContentType = (text: string): boolean => text.length <= 255 && mediaType.test(text)
