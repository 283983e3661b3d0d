/** All keys on one card. */
import { html, type TemplateResult } from "lit"
import { ShortcutsCard } from "./ShortcutsCard.ts"

if (customElements.get("app-shortcuts") === undefined) customElements.define("app-shortcuts", ShortcutsCard)

const keys: ReadonlyArray<readonly [string, string]> = [
  ["/", "Filter this list"],
  ["Ctrl K", "Search everything"],
  ["?", "This card"],
  ["[  ]", "Previous and next run"],
  ["↑ ↓", "Move in a table or log; in a chart, change the line"],
  ["← →", "Move along a chart"],
  ["Space", "Select the run"],
  ["v", "Show or hide the run in charts; with Alt, alone"],
  ["Enter", "Open the run"],
  ["f", "Full screen, in a chart; follow, in a log"],
  ["t", "The chart as a table"],
  ["n  N", "Next and previous match in a log"],
  ["Esc", "Close, clear"]
]

export const shortcutsDialog = (close: () => void): TemplateResult =>
  html`<app-shortcuts .keys=${keys} .close=${close}></app-shortcuts>`
