/** Puts the menu of a chart below its button, inside the viewport; what it offers is loaded with the first one that opens. */
import type { MenuChart } from "../chart-picture/chartMenu.ts"

const width = 148
const height = 132
const margin = 8

export const openChartMenu = async (event: Event, chart: MenuChart): Promise<void> => {
  if ((event as ToggleEvent).newState !== "open") return
  const menu = event.currentTarget as HTMLElement
  const { right, bottom } = menu.previousElementSibling!.getBoundingClientRect()
  menu.style.left = `${Math.round(Math.max(margin, right - width))}px`
  menu.style.top = `${Math.round(Math.min(bottom + 4, window.innerHeight - margin - height))}px`
  const { fillMenu } = await import("../chart-picture/chartMenu.ts")
  fillMenu(menu, chart)
}
