export type { Durability } from "./driver/openDatabase.ts"
export type { DriverName } from "./driver/SqliteDriver.ts"
export type { SqliteOptions } from "./openStore.ts"
export { type SqliteStorage, type SqliteStores, sqlite } from "./sqlite.ts"
