/** `wanllmdb doctor`: checks the installation and says what to do about what is wrong. */
import { closeSync, constants, fdatasyncSync, openSync, rmSync, writeSync } from "node:fs"
import { access, mkdir, statfs } from "node:fs/promises"
import { join } from "node:path"
import type { Wanllmdb } from "@wanllmdb/server"
import { sqlite } from "@wanllmdb/storage-sqlite"
import { CommandFault } from "../output/CommandFault.ts"
import { printRows } from "../output/printRows.ts"
import { type DataFlags, dataFolder, withData } from "./withData.ts"

interface Check {
  readonly name: string
  readonly ok: boolean
  readonly found: string
}

type Probe = () => Promise<string> | string

export const doctor = async (flags: DataFlags & { readonly json?: boolean }): Promise<void> => {
  const data = dataFolder(flags)
  const probes: ReadonlyArray<readonly [string, Probe]> = [
    ["Node", nodeVersion],
    ["SQLite driver", () => sqlite({ file: join(data, "wanllmdb.db") }).describe().driver],
    ["Data folder", () => writable(data)],
    ["Free space", () => freeSpace(data)],
    ["Time of a durable write", () => syncTime(data)],
    [
      "Database",
      () => withData(flags, { make: true }, async (wan) => `${(await wan.projects.list()).items.length} projects`)
    ],
    ["W&B client", () => withData(flags, { make: true }, unknownOperations)],
    ["Server", () => server(process.env.WANLLMDB_URL)]
  ]
  const checks: Check[] = []
  for (const [name, probe] of probes) {
    try {
      checks.push({ name, ok: true, found: await probe() })
    } catch (error) {
      checks.push({ name, ok: false, found: error instanceof Error ? error.message : String(error) })
    }
  }
  const rows = checks.map((check) => ({ ...check, ok: flags.json === true ? check.ok : check.ok ? "ok" : "FAULT" }))
  printRows(rows, { ok: "", name: "CHECK", found: "FOUND" }, { json: flags.json, empty: "" })
  const faults = checks.filter((check) => !check.ok).length
  if (faults > 0) throw new CommandFault(`${faults} of ${checks.length} checks found a fault`)
}

const nodeVersion: Probe = () => {
  const [major = 0, minor = 0] = process.versions.node.split(".").map(Number)
  if (major < 20 || (major === 20 && minor < 19)) throw new Error(`${process.version}; wanLLMDB needs 20.19 or newer`)
  return process.version
}

const writable = async (folder: string): Promise<string> => {
  await mkdir(folder, { recursive: true, mode: 0o700 })
  await access(folder, constants.R_OK | constants.W_OK | constants.X_OK)
  return folder
}

const gibibyte = 2 ** 30

const freeSpace = async (folder: string): Promise<string> => {
  const { bavail, bsize } = await statfs(folder)
  const free = (bavail * bsize) / gibibyte
  if (free < 1) throw new Error(`${free.toFixed(2)} GiB; make room before the disk is full`)
  return `${free.toFixed(1)} GiB`
}

const syncTime: (folder: string) => string = (folder) => {
  const file = join(folder, `.doctor-${process.pid}`)
  const fd = openSync(file, "w", 0o600)
  try {
    const block = Buffer.alloc(4096)
    const began = process.hrtime.bigint()
    const rounds = 20
    for (let i = 0; i < rounds; i++) {
      writeSync(fd, block)
      fdatasyncSync(fd)
    }
    return `${(Number(process.hrtime.bigint() - began) / rounds / 1e6).toFixed(2)} ms`
  } finally {
    closeSync(fd)
    rmSync(file, { force: true })
  }
}

/** What W&B's clients asked for in vain. No fault: jobs go on without it. */
const unknownOperations = async (wan: Wanllmdb): Promise<string> => {
  const request = new Request("http://localhost/wandb/unknown-operations")
  const answer: unknown = await (await wan.handler(request, { peer: "127.0.0.1" })).json()
  const items = isListing(answer) ? answer.items : []
  if (items.length === 0) return "no unknown operations"
  const named = items.slice(0, 10).map(({ client, count, operation }) => `${operation} ×${count} (${client})`)
  return `${items.length} unknown operations: ${named.join(", ")}`
}

interface Listing {
  readonly items: ReadonlyArray<{ readonly operation: unknown; readonly client: unknown; readonly count: unknown }>
}

const isListing = (value: unknown): value is Listing =>
  typeof value === "object" && value !== null && "items" in value && Array.isArray(value.items)

const server = async (url: string | undefined): Promise<string> => {
  if (url === undefined) return "WANLLMDB_URL is not set"
  const answer = await fetch(`${url.replace(/\/+$/, "")}/health`, { signal: AbortSignal.timeout(5000) }).catch(
    () => null
  )
  if (answer === null || !answer.ok) throw new Error(`${url} ${answer === null ? "does not answer" : answer.status}`)
  return `${url} answers`
}
