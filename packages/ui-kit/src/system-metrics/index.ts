export * from "./systemSections.ts"
export { WlSystemMetrics } from "./WlSystemMetrics.ts"
