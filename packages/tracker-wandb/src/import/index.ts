export type { RunReport } from "./importRun.ts"
export { type ImportOptions, importWandb } from "./importWandb.ts"
