/** The engine as layers, for hosts that use Effect themselves: the same services that routes and promises call. */
export { type EngineServices, resolveEngine } from "./engine/Engine.ts"
export { engineLayer, type StoragePorts, type Stores } from "./engine/engineLayer.ts"
