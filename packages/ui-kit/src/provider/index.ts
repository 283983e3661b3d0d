export * from "./CursorBus.ts"
export * from "./Provider.ts"
export * from "./RunColours.ts"
export * from "./WlProvider.ts"
