export type { AppHandlerOptions } from "./appHandler.ts"
export { createAppHandler } from "./createAppHandler.ts"
