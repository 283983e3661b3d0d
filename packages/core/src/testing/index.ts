export type { ContractCase } from "./ContractCase.ts"
export * from "./log/logStoreContract.ts"
export * from "./log/memoryLogStore.ts"
