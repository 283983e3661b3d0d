/**
 * A process that dies of an uncaught error has no time left to send its last words. A detached one sends its spool a moment
 * later, so that the run shows as failed now and not as crashed minutes later.
 */
import { spawn } from "node:child_process"

const program = `
const [module, folder, url] = process.argv.slice(1)
await new Promise((resolve) => setTimeout(resolve, 300))
const { syncDirectory } = await import(module)
await syncDirectory(folder, { url, apiKey: process.env.WANLLMDB_API_KEY })
`

export const sendAfterDeath = (
  folder: string,
  server: { readonly url: string; readonly apiKey: string | undefined }
): void => {
  // Run from TypeScript sources there is no file that a bare Node could load; the spool then waits for `sync`.
  if (!import.meta.url.endsWith(".js")) return
  const args = ["--input-type=module", "--eval", program, import.meta.url, folder, server.url]
  const env = { ...process.env, ...(server.apiKey === undefined ? {} : { WANLLMDB_API_KEY: server.apiKey }) }
  spawn(process.execPath, args, { env, detached: true, stdio: "ignore" }).unref()
}
