/**
 * Writes the built web app as one module, so that a server reads no file by path: name to media type, tag and bytes.
 * Text is kept gzipped, since that is how it is nearly always sent.
 */
import { createHash } from "node:crypto"
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs"
import { join, relative } from "node:path"
import { gzipSync } from "node:zlib"

const root = new URL("..", import.meta.url).pathname
const built = join(root, ".cache/web")

const mediaTypes = {
  css: "text/css; charset=utf-8",
  html: "text/html; charset=utf-8",
  js: "text/javascript; charset=utf-8",
  json: "application/json",
  svg: "image/svg+xml",
  woff2: "font/woff2"
}

const filesIn = (folder) =>
  readdirSync(folder, { withFileTypes: true }).flatMap((entry) =>
    entry.isDirectory() ? filesIn(join(folder, entry.name)) : [join(folder, entry.name)]
  )

const lines = filesIn(built)
  .filter((file) => !file.endsWith(".map"))
  .sort()
  .map((file) => {
    const name = relative(built, file).replaceAll("\\", "/")
    const bytes = readFileSync(file)
    const extension = name.slice(name.lastIndexOf(".") + 1)
    const type = mediaTypes[extension]
    if (type === undefined) throw new Error(`${name}: no media type is known for .${extension}`)
    const packed = extension === "woff2" ? null : gzipSync(bytes, { level: 9 })
    return JSON.stringify([
      name,
      {
        type,
        etag: createHash("sha256").update(bytes).digest("base64url").slice(0, 22),
        sizeBytes: bytes.length,
        gzip: packed !== null,
        body: (packed ?? bytes).toString("base64"),
        ...(extension === "html" ? { text: bytes.toString("utf8") } : {})
      }
    ])
  })

mkdirSync(join(root, "dist"), { recursive: true })
writeFileSync(join(root, "dist/assets.js"), `export const assets = new Map([\n${lines.join(",\n")}\n])\n`)

/** What the page of a project loads before it can draw: its chunks, all that they import, and the chart worker. */
const firstRouteBytes = () => {
  const assets = join(built, "assets")
  const needed = readdirSync(assets).filter((file) => /^(index|ProjectPage|WlChartGrid|worker)-.*\.js$/.test(file))
  const sizes = new Map()
  for (let file = needed.pop(); file !== undefined; file = needed.pop()) {
    if (sizes.has(file)) continue
    const source = readFileSync(join(assets, file), "utf8")
    sizes.set(file, gzipSync(source, { level: 9 }).length)
    needed.push(...[...source.matchAll(/(?:from|import)\s*["'`]\.\/([^"'`]+\.js)["'`]/g)].map((match) => match[1]))
  }
  return [...sizes.values()].reduce((sum, bytes) => sum + bytes, 0)
}

const mostBytes = 70_000
const bytes = firstRouteBytes()
console.log(`embedded ${lines.length} files; first route ${(bytes / 1000).toFixed(1)} kB of script, packed`)
if (bytes > mostBytes) {
  console.error(`The first route must stay under ${mostBytes / 1000} kB`)
  process.exit(1)
}
