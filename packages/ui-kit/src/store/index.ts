export * from "./Store.ts"
export * from "./StoreObserver.ts"
