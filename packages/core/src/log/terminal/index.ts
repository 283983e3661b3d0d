export * from "../lineMatcher.ts"
export * from "./detectLevel.ts"
export * from "./resolveTerminal.ts"
export * from "./Terminal.ts"
