/** Styles of the shell and its pages: header, tab row, page frames; everything else is drawn by the kit. */
import { css } from "lit"

export const shellStyles = css`
  :host { display: flex; flex-direction: column; min-height: 100vh; background: var(--wl-bg); color: var(--wl-text); }
  header { display: flex; align-items: center; gap: 12px; height: 48px; padding: 0 16px; background: var(--wl-surface); border-bottom: 1px solid var(--wl-line); flex: none; }
  .logo { display: flex; align-items: center; gap: 8px; font-weight: 600; letter-spacing: -0.01em; flex: none; }
  .logo svg { width: 18px; height: 18px; flex: none; }
  .crumbs { display: flex; align-items: center; gap: 12px; min-width: 0; }
  .crumbs .sep { color: var(--wl-line-strong); flex: none; }
  .crumbs a:hover { text-decoration: underline; text-underline-offset: 2px; }
  .crumbs > * { min-width: 0; }
  .crumbs .clip { max-width: 280px; }
  .search { width: 240px; color: var(--wl-text-3); cursor: pointer; font-size: 12px; line-height: 18px; text-align: left; }
  .icon { width: 28px; padding: 0; flex: none; }
  .icon svg { width: 16px; height: 16px; fill: none; stroke: currentColor; stroke-width: 1.5; stroke-linecap: round; stroke-linejoin: round; }
  nav { display: flex; gap: 4px; height: 40px; padding: 0 6px; background: var(--wl-surface); border-bottom: 1px solid var(--wl-line); overflow-x: auto; overflow-y: hidden; flex: none; scrollbar-width: none; }
  nav a { padding: 10px 10px 8px; color: var(--wl-text-2); border-bottom: 2px solid transparent; white-space: nowrap; transition: color 120ms ease-out; }
  nav a:hover { color: var(--wl-text); }
  nav a[aria-current="page"] { color: var(--wl-text); font-weight: 550; border-color: var(--wl-accent); }
  main { display: flex; flex-direction: column; flex: 1 1 auto; min-height: 0; min-width: 0; }
  .page { width: 100%; max-width: 1040px; margin: 0 auto; padding: 24px 16px; }
  .page h1 { margin-bottom: 16px; }
  @media (max-width: 1000px) { .search .kbd { display: none; } .search .grow { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); } .search { width: 28px; justify-content: center; padding: 0; flex: none; } }
  @media (min-width: 1001px) { .search svg { display: none; } }
  .search svg { width: 16px; height: 16px; fill: none; stroke: currentColor; stroke-width: 1.5; stroke-linecap: round; flex: none; }
  @media (max-width: 700px) {
    header { gap: 8px; padding: 0 12px; }
    .crumbs { gap: 8px; }
    .crumbs .wide, .logo .wide, header .wide { display: none; }
    .icon, .search { width: 40px; height: 40px; border-color: transparent; }
  }
`

export const pageStyles = css`
  :host { flex: 1 1 auto; min-height: 0; }
  :host([filled]) { height: calc(100dvh - 48px); }
  .split { display: grid; grid-template-columns: 468px minmax(0, 1fr); height: calc(100vh - 88px); }
  .split.table, .split.charts { grid-template-columns: minmax(0, 1fr); }
  .split.charts .side { display: none; }
  .side { display: flex; flex-direction: column; min-height: 0; min-width: 0; background: var(--wl-surface); border-right: 1px solid var(--wl-line); }
  .panels { min-height: 0; min-width: 0; overflow: auto; padding: 12px 16px; }
  .below { margin-top: 16px; }
  .frame { padding: 12px 16px 24px; }
  @media (max-width: 700px) and (pointer: coarse) { .side { --table-head: 124px; } }
  @media (max-width: 700px) {
    .split { grid-template-columns: minmax(0, 1fr); height: auto; }
    .side { height: min(62vh, calc(var(--table-head, 112px) + var(--rows) * 32px)); border-right: 0; border-bottom: 1px solid var(--wl-line); }
    .split.empty .side { display: none; }
    .panels { overflow: visible; }
    }
`
