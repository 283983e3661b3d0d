export type { AppHandler, AppHandlerOptions } from "./appHandler.ts"
export { createAppHandler } from "./createAppHandler.ts"
