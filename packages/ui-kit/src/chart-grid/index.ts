export * from "./ChartGridController.ts"
export * from "./keySections.ts"
export { WlChartGrid } from "./WlChartGrid.ts"
