export * from "./readColour.ts"
export * from "./registerTokens.ts"
export * from "./tokens.ts"
