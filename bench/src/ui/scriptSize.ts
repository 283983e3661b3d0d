/** Bytes of script that a route of the web app loads before it can show its page, compressed as a server would send them. */
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import { gzipSync } from "node:zlib"
import { build } from "vite"

/** Files that a chunk imports before it runs. */
const importsOf = (source: string): ReadonlyArray<string> =>
  [...source.matchAll(/(?:from|import)\s*["'`]\.\/([^"'`]+\.js)["'`]/g)].map((match) => match[1]!)

/** Builds the app by its own configuration and adds up what the project page needs: entry, page, charts and their worker. */
export const firstRouteKilobytes = async (): Promise<number> => {
  const folder = mkdtempSync(join(tmpdir(), "wanllmdb-bench-app-"))
  const root = fileURLToPath(new URL("../../packages/app/", import.meta.url))
  const here = process.cwd()
  // The app's configuration names its folders from where it lies.
  process.chdir(root)
  await build({ root, logLevel: "error", build: { outDir: folder, emptyOutDir: true } })
  process.chdir(here)
  const assets = join(folder, "assets")
  const needed = readdirSync(assets).filter((file) =>
    /^(index|ProjectPage|WlChartGrid|chart-grid|worker)-.*\.js$/.test(file)
  )
  const seen = new Map<string, number>()
  for (let file = needed.pop(); file !== undefined; file = needed.pop()) {
    if (seen.has(file)) continue
    const source = readFileSync(join(assets, file), "utf8")
    seen.set(file, gzipSync(source, { level: 9 }).length)
    needed.push(...importsOf(source))
  }
  rmSync(folder, { recursive: true })
  return [...seen.values()].reduce((sum, bytes) => sum + bytes, 0) / 1000
}
