export type { Store } from "../store/Store.ts"
