/** Bundles a page as a host would, with Vite over the published entry points, and serves what came out. */
import { mkdtempSync, readFileSync, rmSync } from "node:fs"
import { createServer } from "node:http"
import { tmpdir } from "node:os"
import { extname, join, normalize } from "node:path"
import { fileURLToPath } from "node:url"
import { build } from "vite"

export interface ServedPage {
  readonly url: string
  readonly close: () => void
}

const types: Readonly<Record<string, string>> = {
  ".html": "text/html",
  ".js": "text/javascript",
  ".css": "text/css"
}

/** `source` is a folder below `bench/src/ui`. */
export const buildPage = async (source: string): Promise<ServedPage> => {
  const folder = mkdtempSync(join(tmpdir(), "wanllmdb-bench-ui-"))
  // The bench itself is built into bench/dist, its pages stay sources.
  const root = fileURLToPath(new URL(`../src/ui/${source}/`, import.meta.url))
  await build({
    configFile: false,
    root,
    base: "./",
    logLevel: "error",
    build: { outDir: folder, emptyOutDir: true, target: "es2022" }
  })
  const server = createServer((request, response) => {
    const path = normalize(new URL(request.url ?? "/", "http://localhost").pathname)
    try {
      const body = readFileSync(join(folder, path === "/" ? "index.html" : path))
      response.writeHead(200, { "content-type": types[extname(path)] ?? "text/html" })
      response.end(body)
    } catch {
      response.writeHead(404).end()
    }
  })
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done))
  const address = server.address()
  if (address === null || typeof address === "string") throw new Error("the bench server has no port")
  return {
    url: `http://127.0.0.1:${address.port}/`,
    close: () => {
      server.close()
      server.closeAllConnections()
      rmSync(folder, { recursive: true })
    }
  }
}
