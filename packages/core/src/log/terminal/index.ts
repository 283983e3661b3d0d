export * from "./detectLevel.ts"
export * from "./resolveTerminal.ts"
export * from "./Terminal.ts"
