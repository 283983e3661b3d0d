/** The web app as a handler over its embedded files. */
import type { Asset } from "./Asset.ts"
import { type AppHandler, type AppHandlerOptions, appHandler } from "./appHandler.ts"

// Loaded so that a checkout whose app is not built yet still starts its server and says what is missing.
const assets: ReadonlyMap<string, Asset> = await import("#assets").then(
  (module) => module.assets,
  () => new Map()
)

/**
 * Answers GET and HEAD of pages and their files; null for every other request, which is then somebody else's. Pages work
 * under any mount, whether or not the host strips its prefix.
 */
export const createAppHandler = (options: AppHandlerOptions = {}): AppHandler => appHandler(assets, options)
