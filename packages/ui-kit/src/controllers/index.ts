export * from "../api-keys/ApiKeysController.ts"
export {
  ChartGridController,
  type GridEvent,
  type GridOptions,
  type GridSource,
  type GridState
} from "../chart-grid/ChartGridController.ts"
export * from "../compare/CompareController.ts"
export * from "../file-browser/FileBrowserController.ts"
export type * from "../line-chart/ChartState.ts"
export { LineChartController } from "../line-chart/LineChartController.ts"
export { feedOf, SeriesFeed } from "../line-chart/SeriesFeed.ts"
export * from "../log-viewer/LogViewerController.ts"
export * from "../project-form/ProjectFormController.ts"
export * from "../project-list/ProjectListController.ts"
export * from "../run-overview/RunOverviewController.ts"
export * from "../run-table/RunRow.ts"
export * from "../run-table/RunTableController.ts"
export type * from "../run-table/RunTableState.ts"
export { BaseStore, type Store } from "../store/Store.ts"
