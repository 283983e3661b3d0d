export { type ChartRenderer, chartRenderer, inlineRenderer, type PanelListener } from "./ChartRenderer.ts"
export type { PanelDrawn, PanelMessage } from "./PanelMessage.ts"
