/** Versions of the packages that the program's own package.json names, as they are installed. */
import { readFile } from "node:fs/promises"
import { dirname, join } from "node:path"

const maxPackages = 2000

export const capturePackages = async (directory: string): Promise<Record<string, string>> => {
  const found: Record<string, string> = {}
  const [manifest, at] = await nearestManifest(directory)
  if (manifest === null) return found
  const names = ["dependencies", "devDependencies", "optionalDependencies", "peerDependencies"].flatMap((field) =>
    Object.keys(recordOf(manifest[field]))
  )
  const distinct = [...new Set(names)].sort().slice(0, maxPackages)
  const versions = await Promise.all(distinct.map((name) => installedVersion(at, name)))
  for (const [i, name] of distinct.entries()) {
    const version = versions[i]
    if (version !== null && version !== undefined) found[name] = version
  }
  return found
}

const nearestManifest = async (from: string): Promise<[Record<string, unknown> | null, string]> => {
  for (let at = from; ; at = dirname(at)) {
    const manifest = await readJson(join(at, "package.json"))
    if (manifest !== null) return [manifest, at]
    if (dirname(at) === at) return [null, from]
  }
}

const installedVersion = async (from: string, name: string): Promise<string | null> => {
  for (let at = from; ; at = dirname(at)) {
    const manifest = await readJson(join(at, "node_modules", name, "package.json"))
    if (typeof manifest?.version === "string") return manifest.version
    if (dirname(at) === at) return null
  }
}

const readJson = async (file: string): Promise<Record<string, unknown> | null> => {
  try {
    return recordOf(JSON.parse(await readFile(file, "utf8")))
  } catch {
    return null
  }
}

const recordOf = (value: unknown): Record<string, unknown> =>
  typeof value === "object" && value !== null ? (value as Record<string, unknown>) : {}
