export type * from "./WanllmdbClient.ts"
