export { runCommand } from "./program.ts"
export { resolveServeOptions, type ServeFlags, type ServeOptions } from "./serve/ServeOptions.ts"
export { type RunningServer, startServer } from "./serve/startServer.ts"
