export { type AttachOptions, attachUpgrade } from "./attachUpgrade.ts"
export {
  type Auth,
  type HostAuth,
  type HostPrincipal,
  type KeysAuth,
  keysAuth,
  type LocalAuth,
  localAuth
} from "./auth/Auth.ts"
export type { AuthRequest } from "./auth/AuthRequest.ts"
export { isLoopbackAddress, isLoopbackHost } from "./auth/loopback.ts"
export type { MintOptions } from "./auth/Tokens.ts"
export { createWanllmdb, WanllmdbClosed, type WanllmdbOptions } from "./createWanllmdb.ts"
export type { Engine } from "./engine/Engine.ts"
export type { BlobAdapter, MetricAdapter, StorageAdapter, StoragePorts, Stores } from "./engine/engineLayer.ts"
export type { RequestInfo } from "./http/fetchHandler.ts"
export type { NodeListener } from "./http/nodeListener.ts"
export type { Plugin, PluginContext } from "./http/Plugin.ts"
export type { ConnectRequest } from "./live/connectRequest.ts"
export type { LiveSocket } from "./live/LiveSocket.ts"
export { openApiDocument } from "./openapi/openApiDocument.ts"
export { allRoutes, apiPrefix } from "./route/allRoutes.ts"
export type { Route } from "./route/Route.ts"
export type * from "./Wanllmdb.ts"
