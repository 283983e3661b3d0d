/**
 * Who may import whom. Reads every import of every package source and fails on: a package that reaches for one it must not
 * know, `core` touching Node, an unstable Effect module outside `server`, Effect at run time where browsers and trackers
 * load it, and circles between files.
 */
import { readdirSync, readFileSync, statSync } from "node:fs"
import { dirname, join, relative, resolve } from "node:path"

const root = resolve(import.meta.dirname ?? dirname(new URL(import.meta.url).pathname), "..")

/** Package name to the workspace packages it may import. */
const mayImport = {
  core: [],
  "storage-sql": ["core"],
  "storage-sqlite": ["core", "storage-sql"],
  "storage-fs": ["core"],
  server: ["core"],
  "tracker-node": ["core"],
  "tracker-wandb": ["core", "server"],
  "ui-kit": ["core"],
  app: ["core", "ui-kit"],
  cli: ["core", "server", "storage-sql", "storage-sqlite", "storage-fs", "tracker-node", "tracker-wandb", "app"]
}

/** Effect's modules whose exports are stable; the others may break in a minor version. */
const unstableEffect =
  /^effect\/(http|http-api|httpapi|socket|encoding|sql|crypto|persistence|FileSystem|Path|LayerMap|ErrorReporter|cli|rpc|workflow|cluster|observability|schema)(\/|$)/

/** Folders that run in browsers or trackers, where Effect must not be loaded. */
const withoutEffect = [
  /^packages\/core\/src\/client\//,
  /^packages\/core\/src\/metric\/index\.ts$/,
  /^packages\/core\/src\/run\/search\/filter\/(index|readFilter|printFilter|Field|filterValue|LinearPattern)\.ts$/,
  /^packages\/(ui-kit|app|tracker-node)\/src\//
]

const importPattern =
  /(?:^|\n)[ \t]*(?:(?:import|export)\s+(type\s+)?(?:[\w*{][^"';]*?\s+from\s+)?|(?:await\s+|return\s+|=\s*)import\()\s*["']([^"'\n]+)["']/g

const sourcesOf = (folder) =>
  readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name)
    if (entry.isDirectory()) return sourcesOf(path)
    return /\.tsx?$/.test(entry.name) && !entry.name.endsWith(".d.ts") ? [path] : []
  })

const faults = []
const edges = new Map()

for (const name of Object.keys(mayImport)) {
  for (const file of sourcesOf(join(root, "packages", name, "src"))) {
    const shown = relative(root, file)
    // Comments and template texts show imports that are nobody's.
    const text = readFileSync(file, "utf8")
      .replace(/\/\*[\s\S]*?\*\//g, "")
      .replace(/`(?:\\[\s\S]|[^`\\])*`/g, "``")
    const targets = []
    for (const [, typeOnly, specifier] of text.matchAll(importPattern)) {
      if (specifier.startsWith(".")) {
        const target = resolve(dirname(file), specifier.replace(/\?.*$/, ""))
        if (!typeOnly) targets.push(target)
        if (
          !relative(join(root, "packages", name), target).startsWith("src") &&
          !/\/dist\/|package\.json$/.test(target)
        ) {
          faults.push(`${shown}: imports ${specifier} outside its package`)
        }
        continue
      }
      const workspace = /^@wanllmdb\/([^/]+)/.exec(specifier)?.[1]
      if (workspace !== undefined && workspace !== name && !mayImport[name].includes(workspace)) {
        faults.push(`${shown}: ${name} may not import @wanllmdb/${workspace}`)
      }
      if (name === "core" && specifier.startsWith("node:") && !shown.includes("/testing/")) {
        faults.push(`${shown}: core may not import ${specifier}`)
      }
      if (name !== "server" && unstableEffect.test(specifier)) {
        faults.push(`${shown}: only server may import the unstable module ${specifier}`)
      }
      if (!typeOnly && /^(effect|@effect)(\/|$)/.test(specifier) && withoutEffect.some((path) => path.test(shown))) {
        faults.push(`${shown}: runs where Effect must not be loaded, but imports ${specifier}`)
      }
    }
    edges.set(file, targets)
  }
}

const done = new Set()
const visit = (file, path) => {
  const at = path.indexOf(file)
  if (at >= 0) {
    faults.push(`circle: ${[...path.slice(at), file].map((step) => relative(root, step)).join(" -> ")}`)
    return
  }
  if (done.has(file) || !edges.has(file)) return
  for (const target of edges.get(file)) visit(target, [...path, file])
  done.add(file)
}
for (const file of edges.keys()) visit(file, [])

for (const folder of Object.keys(mayImport).map((name) => join(root, "packages", name, "src"))) {
  for (const file of sourcesOf(folder)) {
    if (/\/(utils?|common|helpers?|types|misc)(\.ts|\/)/.test(relative(root, file))) {
      faults.push(`${relative(root, file)}: a name that says nothing`)
    }
    const lines = readFileSync(file, "utf8").split("\n").length
    if (lines > 400 && !/generated|bitpack/.test(file) && statSync(file).isFile()) {
      faults.push(`${relative(root, file)}: ${lines} lines, more than one concept lives there`)
    }
  }
}

if (faults.length > 0) {
  for (const fault of new Set(faults)) console.error(fault)
  console.error(`boundaries: ${new Set(faults).size} faults in ${edges.size} files`)
  process.exit(1)
}
console.log(`boundaries: ${edges.size} files keep them`)
