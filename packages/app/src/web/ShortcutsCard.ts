/** All keys on one card. */
import { baseStyles } from "@wanllmdb/ui-kit/base"
import { css, html, LitElement, type TemplateResult } from "lit"

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
  ["m", "The chart's menu: save it as PNG, SVG or CSV"],
  ["n  N", "Next and previous match in a log"],
  ["Esc", "Close, clear"]
]

class ShortcutsCard extends LitElement {
  static override styles = [
    baseStyles,
    css`
      dialog { width: min(440px, calc(100vw - 32px)); padding: 16px; border: 1px solid var(--wl-line); border-radius: var(--wl-r-lg); background: var(--wl-raised); color: var(--wl-text); box-shadow: 0 12px 40px var(--wl-shade); }
      dialog::backdrop { background: rgb(0 0 0 / 0.25); }
      .top { display: flex; align-items: center; justify-content: space-between; margin-bottom: 8px; }
      dl { display: grid; grid-template-columns: 72px 1fr; gap: 6px 12px; font-size: 12px; line-height: 18px; }
    `
  ]
  static override properties = { close: { attribute: false } }

  declare close: () => void

  protected override firstUpdated(): void {
    this.renderRoot.querySelector("dialog")!.showModal()
  }

  protected override render(): TemplateResult {
    return html`<dialog aria-labelledby="title" @close=${() => this.close()}>
      <div class="top"><h2 class="lg strong" id="title">Keys</h2><button class="button quiet" @click=${() => this.renderRoot.querySelector("dialog")!.close()}>Close</button></div>
      <dl>${keys.map(([key, does]) => html`<dt><span class="kbd">${key}</span></dt><dd>${does}</dd>`)}</dl>
    </dialog>`
  }
}

if (customElements.get("app-shortcuts") === undefined) customElements.define("app-shortcuts", ShortcutsCard)
