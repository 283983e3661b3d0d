/** `wanllmdb key create|list|revoke`: API keys of a data folder. */

import { CommandFault, wrongCall } from "../output/CommandFault.ts"
import { print, printRows } from "../output/printRows.ts"
import { type DataFlags, withData } from "./withData.ts"

export interface KeyCreateFlags extends DataFlags {
  readonly user?: string
  readonly name?: string
  readonly role?: string
  readonly project?: ReadonlyArray<string>
  readonly expires?: string
  readonly impersonate?: boolean
  readonly json?: boolean
}

const roles = ["admin", "member", "viewer", "ingest"] as const

const dayMs = 86_400_000

export const createKey = async (flags: KeyCreateFlags): Promise<void> => {
  const role = flags.role === undefined ? undefined : roles.find((known) => known === flags.role)
  if (flags.role !== undefined && role === undefined) {
    throw wrongCall(`--role must be one of ${roles.join(", ")}, got "${flags.role}"`)
  }
  const days = flags.expires === undefined ? undefined : Number(flags.expires)
  if (days !== undefined && !(days > 0 && days < 100_000)) {
    throw wrongCall(`--expires must be a number of days, got "${flags.expires}"`)
  }
  await withData(flags, { make: true }, async (wan) => {
    const projects =
      flags.project === undefined
        ? undefined
        : await Promise.all(flags.project.map(async (ref) => (await wan.projects.get(ref)).id))
    const { apiKey, key } = await wan.keys.create({
      ...(flags.user === undefined ? {} : { user: flags.user }),
      ...(flags.name === undefined ? {} : { name: flags.name }),
      ...(role === undefined ? {} : { role }),
      ...(projects === undefined ? {} : { projects }),
      ...(days === undefined ? {} : { expiresAt: Date.now() + days * dayMs }),
      ...(flags.impersonate === true ? { impersonate: true } : {})
    })
    if (flags.json === true) print(JSON.stringify({ ...apiKey, key }, null, 2))
    else {
      print(key)
      process.stderr.write(`Key ${apiKey.id} of ${apiKey.user} (${apiKey.role}). This is the only time it is shown.\n`)
    }
  })
}

export const listKeys = (flags: DataFlags & { readonly json?: boolean }): Promise<void> =>
  withData(flags, { make: false }, async (wan) => {
    const keys = (await wan.keys.list()).map((key) => ({
      ...key,
      createdAt: isoTime(key.createdAt),
      expiresAt: isoTime(key.expiresAt),
      lastUsedAt: isoTime(key.lastUsedAt)
    }))
    const columns = {
      id: "ID",
      name: "NAME",
      user: "USER",
      role: "ROLE",
      createdAt: "CREATED",
      lastUsedAt: "LAST USED"
    }
    printRows(keys, columns, { json: flags.json, empty: "No keys. Make one with: wanllmdb key create" })
  })

export const revokeKey = (id: string, flags: DataFlags): Promise<void> =>
  withData(flags, { make: false }, async (wan) => {
    const keys = await wan.keys.list()
    if (!keys.some((key) => key.id === id)) throw new CommandFault(`key "${id}" does not exist`)
    await wan.keys.revoke(id)
    print(`Key ${id} is revoked.`)
  })

const isoTime = (value: number | string | Date | null): string | null =>
  value === null ? null : new Date(value).toISOString()
