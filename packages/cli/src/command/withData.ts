/** Opens the data folder for a command that works on it directly, with or without a server beside it. */
import { existsSync } from "node:fs"
import { resolve } from "node:path"
import { createWanllmdb, type Wanllmdb } from "@wanllmdb/server"
import { wandb } from "@wanllmdb/tracker-wandb"
import { CommandFault } from "../output/CommandFault.ts"
import { openStores } from "../serve/openStores.ts"
import { whenOpen } from "../serve/whenOpen.ts"

export interface DataFlags {
  readonly data?: string
  readonly database?: string
  readonly blobs?: string
}

export const dataFolder = (flags: DataFlags): string =>
  resolve(flags.data ?? process.env.WANLLMDB_DATA ?? "wanllmdb-data")

/** `make`: whether a folder that does not exist is made; else it is an error, because a typo would look like no data. */
export const withData = async <A>(
  flags: DataFlags,
  options: { readonly make: boolean },
  use: (wan: Wanllmdb) => Promise<A>
): Promise<A> => {
  const data = dataFolder(flags)
  if (!options.make && flags.database === undefined && !existsSync(data)) {
    throw new CommandFault(`there is no data folder ${data}; name it with --data`)
  }
  const wan = createWanllmdb({ ...openStores({ ...flags, data }), plugins: [wandb()] })
  try {
    await whenOpen(wan, flags.database ?? data)
    return await use(wan)
  } finally {
    await wan.close()
  }
}
