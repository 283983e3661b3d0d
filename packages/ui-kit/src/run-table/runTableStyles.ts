/** The run table's own styles: one grid template for header and rows, the name column stays while the rest scrolls. */
import { css } from "lit"

export const runTableStyles = css`
  :host { position: relative; display: flex; flex-direction: column; min-height: 0; height: 100%; background: var(--wl-surface); }
  .bar { display: flex; align-items: center; gap: 8px; padding: 8px 12px; }
  .info { display: flex; align-items: center; gap: 8px; min-height: 24px; padding: 0 12px 4px; color: var(--wl-text-3); font-size: 11px; line-height: 16px; }
  .info .mistake { color: var(--wl-fail); }
  .info button { padding: 0; border: 0; background: none; color: var(--wl-accent); cursor: pointer; }
  .bulk { display: flex; flex-wrap: wrap; align-items: center; gap: 6px; padding: 0 12px 8px; font-size: 12px; line-height: 18px; }
  .bulk .field { width: 160px; }
  .scroller { position: relative; flex: 1 1 auto; min-height: 0; overflow: auto; overscroll-behavior: contain; outline-offset: -2px; contain: strict; }
  .grid { position: relative; width: 100%; }
  .box { position: relative; }
  .header, .row { display: grid; grid-template-columns: var(--columns); width: 100%; min-width: 100%; }
  .header { position: sticky; top: 0; z-index: 2; background: var(--wl-surface); border-bottom: 1px solid var(--wl-line); height: 28px; }
  .row { position: absolute; top: 0; left: 0; height: var(--wl-row); border-bottom: 1px solid var(--wl-line); font-size: 12px; line-height: 18px; background: var(--wl-surface); }
  .row[hidden] { display: none; }
  .row:hover { background: var(--wl-sunken); }
  .row.selected { background: var(--wl-accent-soft); --wl-text-3: var(--wl-text-2); }
  .cell, .head { display: flex; align-items: center; min-width: 0; padding: 0 6px; background: inherit; }
  .row { grid-template-rows: 100%; white-space: nowrap; }
  .cell.number { display: block; line-height: calc(var(--wl-row) - 1px); text-align: right; }
  .cell:last-child, .head:last-child { padding-right: 12px; }
  .cell.shown, .head.shown { padding: 0 0 0 2px; position: sticky; left: 0; z-index: 1; }
  .cell.name, .head.name { position: sticky; left: 34px; z-index: 1; padding-left: 2px; gap: 6px; }
  .name .link { flex: 0 1 auto; font-weight: 550; }
  .row.group { background: var(--wl-bg); cursor: pointer; }
  .row.group .tag, .grid.tight .row.group .tag { display: block; flex: none; padding: 0; background: none; color: var(--wl-text-3); }
  .row.group .square { display: none; }
  .row.group .toggle::before { content: "▾"; color: var(--wl-text-2); font-size: 11px; }
  .row.group[aria-expanded="false"] .toggle::before { content: "▸"; }
  .row.group .cell.number { color: var(--wl-text-2); }
  .row.group:hover { background: var(--wl-sunken); }
  .grid.grouped .row:not(.group) .cell.name { padding-left: 14px; }
  .grip { position: absolute; z-index: 1; top: 0; right: -5px; width: 9px; height: 100%; cursor: col-resize; touch-action: none; }
  .grip::after { content: ""; position: absolute; left: 4px; top: 6px; bottom: 6px; width: 1px; background: var(--wl-line-strong); opacity: 0; transition: opacity 120ms ease-out; }
  .header:hover .grip::after { opacity: 1; }
  .name .link[href]:hover { text-decoration: underline; text-underline-offset: 2px; }
  .name .tag { flex: 0 2 auto; min-width: 24px; max-width: 96px; }
  .grid.tight .tag { display: none; }
  .row.unshown .link { font-weight: 400; }
  .row.unshown .cell { color: var(--wl-text-3); }
  .cell.age { color: var(--wl-text-3); }
  .row.waiting .link { width: 96px; height: 8px; border-radius: 4px; background: var(--wl-sunken); }
  .toggle { display: grid; place-items: center; width: 30px; height: 100%; padding: 0; border: 0; background: none; cursor: pointer; }
  .head { position: relative; }
  .head button { width: 100%; height: 100%; padding: 0; border: 0; background: none; align-items: center; color: var(--wl-text-3); font-size: 11px; line-height: 16px; text-align: left; cursor: pointer; }
  .head button:hover { color: var(--wl-text); }
  .head.number button { justify-content: flex-end; }
  .head[aria-sort="ascending"] button, .head[aria-sort="descending"] button { color: var(--wl-text); }
  .scroller:focus-visible #active { outline: 2px solid var(--wl-accent); outline-offset: -2px; border-radius: 4px; }
  .popover { position: absolute; z-index: 10; right: 12px; top: 44px; width: 280px; max-height: 420px; display: flex; flex-direction: column; gap: 8px; padding: 8px; background: var(--wl-raised); border: 1px solid var(--wl-line); border-radius: var(--wl-r-lg); box-shadow: 0 6px 20px var(--wl-shade); }
  .popover ul { overflow: auto; min-height: 0; }
  .popover label { display: flex; align-items: center; gap: 8px; padding: 3px 4px; border-radius: 4px; font-size: 12px; line-height: 18px; }
  .popover label:hover { background: var(--wl-sunken); }
  .popover input[type="checkbox"] { accent-color: var(--wl-accent); margin: 0; }
  .ends { display: flex; justify-content: space-between; }
  .button[aria-disabled="true"] { color: var(--wl-text-3); cursor: default; }
  @media (max-width: 430px) { .bar .kbd { display: none; } .bar .button { padding: 0 8px; } }
  @media (pointer: coarse) { .toggle { width: 40px; } }
`
