export type { ContractCase } from "./ContractCase.ts"
