/** The log viewer's own styles: a toolbar and lines of one height. */
import { css } from "lit"

export const logViewerStyles = css`
  :host { display: flex; flex-direction: column; min-height: 0; height: 100%; background: var(--wl-surface); }
  .bar { display: flex; align-items: center; flex-wrap: wrap; gap: 8px; padding: 8px 12px; border-bottom: 1px solid var(--wl-line); }
  .bar .field { width: 260px; }
  select { height: var(--wl-control); padding: 0 6px; border: 1px solid var(--wl-line); border-radius: var(--wl-r); background: var(--wl-surface); font-size: 12px; }
  .found { min-width: 72px; }
  .mistake { color: var(--wl-fail); }
  .scroller { position: relative; flex: 1 1 auto; min-height: 120px; overflow: auto; contain: strict; overscroll-behavior: contain; }
  .scroller:focus-visible { outline-offset: -2px; }
  .box { position: relative; min-width: 100%; }
  .line { position: absolute; left: 0; display: flex; min-width: 100%; height: 18px; font-family: var(--wl-mono); font-size: 12px; line-height: 18px; white-space: pre; }
  .wrapped .line { right: 0; height: auto; min-height: 18px; }
  .wrapped .text { flex: 1 1 0; min-width: 0; white-space: break-spaces; overflow-wrap: anywhere; }
  .probe { position: absolute; visibility: hidden; font-family: var(--wl-mono); font-size: 12px; white-space: pre; }
  .line:hover { background: var(--wl-sunken); }
  .line.current { background: var(--wl-accent-soft); }
  .number { flex: none; padding: 0 12px 0 12px; color: var(--wl-text-3); text-align: right; user-select: none; }
  .number:hover { color: var(--wl-accent); text-decoration: underline; }
  .time { flex: none; padding-right: 12px; color: var(--wl-text-3); user-select: none; }
  .text { padding-right: 16px; tab-size: 4; }
  .line.warn .text { color: var(--wl-crash); }
  .line.error .text { color: var(--wl-fail); }
  .line.debug .text { color: var(--wl-text-2); }
  mark { background: var(--wl-crash-soft); color: inherit; outline: 1px solid var(--wl-crash); border-radius: 2px; }
  :host([compact]) .bar { display: none; }
  :host([compact]) .number { display: none; }
  :host([compact]) .time { padding-left: 0; }
  :host([compact]) .scroller { min-height: 0; }
  :host([compact]) .line:hover { background: none; }
  @media (max-width: 700px) { .bar .field { flex: 1 1 120px; width: auto; } .bar .grow { display: none; } .found:empty { display: none; } .bar .kbd { display: none; } .bar .button { padding: 0 8px; } select { flex: 1 1 0; min-width: 72px; } .time { display: none; } .number { padding: 0 8px; } }
`
