/** How a line chart is laid out and coloured; everything that moves is positioned by the element in pixels. */
import { css } from "lit"

export const lineChartStyles = css`
  :host { height: 184px; min-height: 0; contain: layout style; }
  :host([legend]) { height: auto; }
  :host([legend]) .plot { flex-basis: var(--wl-chart-plot, 160px); }
  .base { display: flex; flex-direction: column; height: 100%; min-height: 0; position: relative; }
  .header { display: flex; align-items: center; gap: 6px; min-height: 22px; padding: 0 2px 2px; font-size: 12px; line-height: 18px; }
  .title { font-weight: 550; }
  .header .pill { height: 16px; padding: 0 5px; }
  .more { display: inline-flex; align-items: center; justify-content: center; flex: none; width: 22px; height: 22px; padding: 0; border: 0; border-radius: 4px; background: none; color: var(--wl-text-3); cursor: pointer; opacity: 0; transition: opacity 120ms ease-out; }
  .base:hover .more, .more:focus-visible, .more:has(+ :popover-open) { opacity: 1; }
  .more:hover { background: var(--wl-sunken); color: var(--wl-text); }
  @media (pointer: coarse) { .more { opacity: 1; } }
  .choices { position: fixed; inset: auto; margin: 0; padding: 4px; width: 148px; border: 1px solid var(--wl-line); border-radius: var(--wl-r); background: var(--wl-raised); color: var(--wl-text); box-shadow: 0 1px 2px var(--wl-shade), 0 6px 20px var(--wl-shade); font-size: 12px; line-height: 18px; }
  .choices button { display: block; width: 100%; padding: 5px 8px; border: 0; border-radius: 4px; background: none; text-align: left; cursor: pointer; }
  .choices button:hover, .choices button:focus-visible { background: var(--wl-sunken); }
  .plot { flex: 1 1 0; min-height: 60px; position: relative; cursor: crosshair; touch-action: pan-y; user-select: none; -webkit-user-select: none; }
  .plot:focus-visible { outline: 2px solid var(--wl-accent); outline-offset: 1px; border-radius: var(--wl-r); }
  .grid, .layer, .dots { position: absolute; inset: 0; pointer-events: none; }
  .grid { width: 100%; height: 100%; overflow: visible; }
  .grid path { stroke: var(--wl-grid); stroke-width: 1; fill: none; shape-rendering: crispEdges; }
  .layer canvas { position: absolute; display: block; transition: opacity 120ms ease-out; }
  .axis { position: absolute; inset: 0; pointer-events: none; contain: size layout style; color: var(--wl-text-3); font-size: 11px; line-height: 16px; }
  .axis span { position: absolute; white-space: nowrap; }
  .cursor { position: absolute; left: 0; top: 0; width: 1px; background: var(--wl-cursor); opacity: 0.45; pointer-events: none; }
  .dots { overflow: hidden; }
  .dots i { position: absolute; left: 0; top: 0; width: 7px; height: 7px; border: 1.6px solid; border-radius: 50%; background: var(--wl-surface); }
  .brush { position: absolute; pointer-events: none; background: var(--wl-accent); opacity: 0.12; border-radius: 2px; }
  [hidden] { display: none !important; }
  .tooltip { position: fixed; inset: auto; left: 0; top: 0; margin: 0; padding: 6px 8px; min-width: 132px; max-width: min(320px, calc(100vw - 16px)); overflow: hidden; pointer-events: none; border: 1px solid var(--wl-line); border-radius: var(--wl-r); background: var(--wl-raised); color: var(--wl-text); box-shadow: 0 1px 2px var(--wl-shade), 0 4px 16px var(--wl-shade); font-size: 11px; line-height: 16px; font-variant-numeric: tabular-nums; }
  .tooltip .note { color: var(--wl-text-3); }
  .tooltip .row { display: flex; align-items: center; gap: 6px; padding: 1px 0; }
  .tooltip .square { width: 9px; height: 9px; }
  .tooltip .name { flex: 1 1 auto; }
  .tooltip .raw { color: var(--wl-text-3); }
  .tooltip b { font-weight: 550; margin-left: 4px; }
  .over { position: absolute; inset: 0; display: flex; flex-direction: column; align-items: center; justify-content: center; gap: 8px; padding: 0 12px 16px 40px; text-align: center; font-size: 12px; line-height: 18px; color: var(--wl-text-2); pointer-events: none; overflow-wrap: anywhere; }
  .over > * { pointer-events: auto; }
  .over .what { color: var(--wl-text); font-weight: 550; }
  .waiting { position: absolute; left: 40px; right: 8px; top: 6px; height: 2px; overflow: hidden; border-radius: 1px; background: var(--wl-line); animation: late 600ms; }
  .waiting::after { content: ""; position: absolute; inset: 0 60% 0 0; background: var(--wl-accent); animation: wait 1.2s ease-in-out infinite; }
  @keyframes late { from, to { display: none; } }
  @keyframes wait { from { transform: translateX(-100%); } to { transform: translateX(250%); } }
  .legend { display: flex; flex-wrap: wrap; gap: 2px 4px; padding: 4px 0 0 32px; max-height: 64px; overflow: auto; font-size: 11px; line-height: 16px; }
  .legend button { display: inline-flex; align-items: center; gap: 6px; max-width: 220px; padding: 2px 6px; border: 0; border-radius: 4px; background: none; color: var(--wl-text-2); cursor: pointer; }
  .legend button:hover { background: var(--wl-sunken); color: var(--wl-text); }
  .legend button[aria-pressed="false"] { color: var(--wl-text-3); }
  .table { position: absolute; inset: 0; overflow: auto; background: var(--wl-surface); border: 1px solid var(--wl-line); border-radius: var(--wl-r); }
  table { width: 100%; border-collapse: collapse; font-size: 12px; line-height: 18px; }
  caption { padding: 4px 8px; text-align: left; color: var(--wl-text-2); font-size: 11px; }
  th, td { padding: 3px 8px; text-align: right; white-space: nowrap; font-weight: 400; border-bottom: 1px solid var(--wl-line); }
  thead th { position: sticky; top: 0; background: var(--wl-surface); color: var(--wl-text-2); font-size: 11px; }
  .probe { position: absolute; width: 0; height: 0; pointer-events: none; forced-color-adjust: none; color: var(--wl-s1); background-color: var(--wl-surface); }
  .probe.probe { transition: color 1ms linear, background-color 1ms linear !important; }
  @media (prefers-reduced-motion: reduce) { .waiting::after { inset: 0; opacity: 0.4; } }
  @media (forced-colors: active) { .grid path { stroke: GrayText; } .cursor { background: CanvasText; opacity: 1; } .brush { background: Highlight; opacity: 0.4; } }
`
