/** Bytes of script that a built page loads, compressed as a server would send it. */
import { readdirSync, readFileSync } from "node:fs"
import { join } from "node:path"
import { gzipSync } from "node:zlib"

export const scriptKilobytes = (folder: string): number => {
  const assets = join(folder, "assets")
  const scripts = readdirSync(assets).filter((file) => file.endsWith(".js"))
  return scripts.reduce((sum, file) => sum + gzipSync(readFileSync(join(assets, file)), { level: 9 }).length, 0) / 1000
}
