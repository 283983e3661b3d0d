export { type ChartRenderer, chartRenderer, inlineRenderer, type PanelListener } from "./ChartRenderer.ts"
export type { PanelImage, PanelMessage } from "./PanelMessage.ts"
