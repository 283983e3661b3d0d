/** Waits until the stores are open, or says in one line where they lie and what keeps them from opening. */
import type { Wanllmdb } from "@wanllmdb/server"
import { CommandFault } from "../output/CommandFault.ts"

/** `where`: what the caller named, such as the data folder. */
export const whenOpen = async (wan: Wanllmdb, where: string): Promise<void> => {
  try {
    await wan.ready
  } catch (error) {
    await wan.close().catch(() => undefined)
    throw new CommandFault(`cannot open ${where}: ${reasonOf(error)}`)
  }
}

// A store's error says which call failed; its cause says why, and what to do.
const reasonOf = (error: unknown): string => {
  const reason = error instanceof Error && error.cause instanceof Error ? error.cause : error
  return (reason instanceof Error ? reason.message : String(reason)).replace(/\s*\n\s*/g, " ")
}
