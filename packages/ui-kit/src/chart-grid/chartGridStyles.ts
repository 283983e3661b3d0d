import { css } from "lit"

/** A quiet wall of equal cards; the controls stand on one line above it. */
export const chartGridStyles = css`
  :host { container-type: inline-size; }
  .bar { display: flex; flex-wrap: wrap; align-items: center; gap: 8px; padding-bottom: 8px; }
  .bar .field { flex: 0 1 220px; }
  @container (max-width: 560px) { .bar .field { flex: 1 1 100%; } .bar .grow { display: none; } }
  .bar select.button { appearance: none; field-sizing: content; padding-right: 24px; background-image: linear-gradient(45deg, transparent 50%, var(--wl-text-3) 50%), linear-gradient(-45deg, transparent 50%, var(--wl-text-3) 50%); background-size: 4px 4px; background-position: right 13px center, right 9px center; background-repeat: no-repeat; }
  .menu { position: relative; }
  .popup { position: absolute; z-index: 5; right: 0; top: calc(100% + 4px); width: 240px; padding: 12px; display: grid; gap: 12px; background: var(--wl-raised); border: 1px solid var(--wl-line); border-radius: var(--wl-r); box-shadow: 0 1px 2px var(--wl-shade), 0 6px 20px var(--wl-shade); font-size: 12px; line-height: 18px; }
  .popup label { display: grid; gap: 4px; color: var(--wl-text-2); }
  .popup .value { float: right; color: var(--wl-text); }
  .popup input[type="range"] { width: 100%; margin: 0; accent-color: var(--wl-accent); }
  .popup select { height: 28px; padding: 0 6px; border: 1px solid var(--wl-line); border-radius: var(--wl-r); background: var(--wl-surface); }
  .section { display: flex; align-items: center; gap: 8px; height: 32px; width: 100%; padding: 0; border: 0; background: none; font-size: 13px; line-height: 20px; font-weight: 550; text-align: left; cursor: pointer; }
  .section .count { color: var(--wl-text-3); font-weight: 400; }
  .section svg { flex: none; transition: transform 120ms ease-out; color: var(--wl-text-3); opacity: 0; margin-left: -4px; }
  .section:hover svg, .section:focus-visible svg, .section[aria-expanded="false"] svg { opacity: 1; }
  .section[aria-expanded="false"] svg { transform: rotate(-90deg); }
  .grid { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 280px), 1fr)); gap: 12px; margin-bottom: 12px; }
  .cell { height: 186px; padding: 6px 8px 2px 6px; position: relative; contain: layout style; content-visibility: auto; contain-intrinsic-size: auto 186px; }
  .cell wl-line-chart { height: 100%; }
  .cell .frame { font-size: 12px; line-height: 22px; font-weight: 550; padding: 0 2px; }
  .expand { display: inline-flex; align-items: center; justify-content: center; width: 22px; height: 22px; padding: 0; border: 0; border-radius: 4px; background: none; color: var(--wl-text-3); cursor: pointer; opacity: 0; transition: opacity 120ms ease-out; }
  .cell:hover .expand, .expand:focus-visible { opacity: 1; }
  .expand:hover { background: var(--wl-sunken); color: var(--wl-text); }
  @media (pointer: coarse) { .expand { opacity: 1; } }
  .skeleton { height: 186px; }
  .skeleton span { display: block; width: 96px; height: 10px; margin: 6px 2px; border-radius: 3px; background: var(--wl-sunken); }
  dialog { width: min(1200px, calc(100vw - 32px)); height: min(760px, calc(100vh - 32px)); padding: 12px 16px; border: 1px solid var(--wl-line); border-radius: var(--wl-r-lg); background: var(--wl-surface); color: var(--wl-text); }
  dialog:focus { outline: none; }
  dialog::backdrop { background: rgb(0 0 0 / 0.4); }
  dialog wl-line-chart { height: 100%; }
`
