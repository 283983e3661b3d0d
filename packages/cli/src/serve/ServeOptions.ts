/** What `serve` was asked for: flags, then the configuration file, then the environment, then defaults. */
import { readFileSync } from "node:fs"
import { resolve } from "node:path"
import { isLoopbackAddress, isLoopbackHost } from "@wanllmdb/server"
import { wrongCall } from "../output/CommandFault.ts"

export interface ServeFlags {
  readonly host?: string
  readonly port?: string
  readonly data?: string
  readonly database?: string
  readonly blobs?: string
  readonly auth?: string
  readonly basePath?: string
  readonly config?: string
}

export interface ServeOptions {
  readonly host: string
  /** 0 for any free one; null for the next free one from 8080. */
  readonly port: number | null
  readonly data: string
  readonly database: string | undefined
  readonly blobs: string | undefined
  readonly auth: "local" | "keys"
  readonly basePath: string
  readonly secrets: ReadonlyArray<string>
  readonly trustedOrigins: ReadonlyArray<string>
}

type Settings = Record<string, unknown>

const known = ["host", "port", "data", "database", "blobs", "auth", "basePath", "secrets", "trustedOrigins"]

export const resolveServeOptions = (flags: ServeFlags, env: NodeJS.ProcessEnv = process.env): ServeOptions => {
  const file = flags.config === undefined ? {} : readConfig(flags.config)
  const text = (name: keyof ServeFlags): string | undefined => {
    const value = flags[name] ?? file[name]
    if (value !== undefined && typeof value !== "string") throw wrongCall(`${name} must be a text, got ${typeof value}`)
    return value
  }
  const host = text("host") ?? "127.0.0.1"
  const isLoopback = isLoopbackAddress(host) || isLoopbackHost(host)
  const auth = text("auth") ?? (isLoopback ? "local" : "keys")
  if (auth !== "local" && auth !== "keys") throw wrongCall(`--auth must be local or keys, got "${auth}"`)
  if (auth === "local" && !isLoopback) {
    throw wrongCall(
      `--auth local makes everyone who reaches ${host} the local user with every right, so it is allowed only on a ` +
        "loopback address; use --auth keys, or leave out --host"
    )
  }
  const data = resolve(text("data") ?? env.WANLLMDB_DATA ?? "wanllmdb-data")
  return {
    host,
    port: portOf(flags.port ?? file.port),
    data,
    database: text("database"),
    blobs: text("blobs"),
    auth,
    basePath: text("basePath") ?? "",
    secrets: texts(file, "secrets") ?? env.WANLLMDB_SECRETS?.split(",").filter((secret) => secret !== "") ?? [],
    trustedOrigins: texts(file, "trustedOrigins") ?? []
  }
}

const portOf = (value: unknown): number | null => {
  if (value === undefined) return null
  const port = Number(value)
  if (!Number.isInteger(port) || port < 0 || port > 65_535 || value === "") {
    throw wrongCall(`--port must be a whole number from 0 to 65535, got "${String(value)}"`)
  }
  return port
}

const texts = (file: Settings, name: string): ReadonlyArray<string> | undefined => {
  const value = file[name]
  if (value === undefined) return undefined
  if (!Array.isArray(value) || !value.every((item) => typeof item === "string")) {
    throw wrongCall(`${name} must be an array of texts`)
  }
  return value
}

const readConfig = (path: string): Settings => {
  let parsed: unknown
  try {
    parsed = JSON.parse(readFileSync(path, "utf8"))
  } catch (error) {
    throw wrongCall(`--config ${path}: ${error instanceof Error ? error.message : String(error)}`)
  }
  if (typeof parsed !== "object" || parsed === null || Array.isArray(parsed)) {
    throw wrongCall(`--config ${path}: must be a JSON object`)
  }
  const stranger = Object.keys(parsed).find((name) => !known.includes(name))
  if (stranger !== undefined) {
    throw wrongCall(`--config ${path}: "${stranger}" is no setting; there are ${known.join(", ")}`)
  }
  return parsed as Settings
}
