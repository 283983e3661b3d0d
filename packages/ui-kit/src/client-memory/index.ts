export * from "./createMemoryClient.ts"
export * from "./digitsFixtures.ts"
export type * from "./Fixtures.ts"
export { MemoryProblem } from "./MemoryData.ts"
