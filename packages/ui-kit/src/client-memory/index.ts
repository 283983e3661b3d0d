export type { WanllmdbClient } from "@wanllmdb/core/client"
