/** `wanllmdb serve`: the reference server. */

import { print } from "../output/printRows.ts"
import { resolveServeOptions, type ServeFlags } from "../serve/ServeOptions.ts"
import { startServer } from "../serve/startServer.ts"

export const serve = async (flags: ServeFlags): Promise<void> => {
  const options = resolveServeOptions(flags)
  const ended = new Promise<void>((resolve) => {
    for (const signal of ["SIGTERM", "SIGINT"] as const) process.once(signal, () => resolve())
  })
  const server = await startServer(options)
  print(`wanLLMDB ready at ${server.address}`)
  if (options.auth === "keys" && (await server.wan.keys.list()).length === 0) {
    const path = await server.wan.tokens.signInLink()
    print(`No keys yet. Sign in once, within ten minutes, at ${new URL(path, server.address).href}`)
  }
  await ended
  await server.close()
}
