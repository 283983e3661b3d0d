/** Type, controls, pills and focus as every element draws them; five sizes, two weights, tabular numbers. */
import { css } from "lit"

export const baseStyles = css`
  :host { display: block; color: var(--wl-text); font-family: var(--wl-font, inherit); font-size: 13px; line-height: 20px; font-variant-numeric: tabular-nums; }
  :host([hidden]) { display: none; }
  [hidden] { display: none !important; }
  *, *::before, *::after { box-sizing: border-box; }
  h1, h2, h3, h4, p, dl, dd, dt, ul, ol, pre, figure { margin: 0; padding: 0; font: inherit; }
  ul, ol { list-style: none; }
  button, input, select, textarea { font: inherit; color: inherit; }
  a { color: inherit; text-decoration: none; }
  :focus-visible { outline: 2px solid var(--wl-accent); outline-offset: 1px; border-radius: 4px; }
  .xs { font-size: 11px; line-height: 16px; }
  .sm { font-size: 12px; line-height: 18px; }
  .lg { font-size: 15px; line-height: 22px; }
  .xl { font-size: 20px; line-height: 28px; }
  .strong { font-weight: 550; }
  .t2 { color: var(--wl-text-2); }
  .t3 { color: var(--wl-text-3); }
  .mono { font-family: var(--wl-mono); font-size: 12px; }
  .grow { flex: 1 1 auto; min-width: 0; }
  .clip { overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
  .middle { display: flex; min-width: 0; overflow: hidden; white-space: pre; }
  .middle > :first-child { overflow: hidden; text-overflow: ellipsis; }
  .middle > :nth-child(2) { flex: none; }
  .button { display: inline-flex; align-items: center; justify-content: center; gap: 6px; height: var(--wl-control); padding: 0 10px; border: 1px solid var(--wl-line); border-radius: var(--wl-r); background: var(--wl-surface); color: var(--wl-text); font-size: 12px; line-height: 18px; white-space: nowrap; cursor: pointer; transition: background 120ms ease-out, border-color 120ms ease-out; }
  .button:hover { border-color: var(--wl-line-strong); background: var(--wl-sunken); }
  .button[disabled] { opacity: 0.55; cursor: default; }
  .button.primary { background: var(--wl-accent); border-color: var(--wl-accent); color: var(--wl-on-accent); }
  .button.quiet { border-color: transparent; background: none; color: var(--wl-text-2); }
  .button.quiet:hover { background: var(--wl-sunken); color: var(--wl-text); }
  .button[aria-pressed="true"] { background: var(--wl-accent-soft); border-color: var(--wl-accent); color: var(--wl-accent); }
  .field { display: flex; align-items: center; gap: 8px; height: var(--wl-control); padding: 0 8px; border: 1px solid var(--wl-line); border-radius: var(--wl-r); background: var(--wl-surface); font-size: 12px; line-height: 18px; overflow: hidden; }
  .field:focus-within { border-color: var(--wl-accent); outline: 1px solid var(--wl-accent); outline-offset: -1px; }
  .field input { flex: 1 1 auto; min-width: 0; height: 100%; padding: 0; border: 0; outline: 0; background: none; }
  .field input::placeholder { color: var(--wl-text-3); opacity: 1; }
  .kbd { font-size: 11px; line-height: 16px; color: var(--wl-text-3); border: 1px solid var(--wl-line); border-radius: 4px; padding: 0 5px; background: var(--wl-surface); white-space: nowrap; }
  .pill { display: inline-flex; align-items: center; gap: 5px; height: 20px; padding: 0 7px; border-radius: 10px; font-size: 11px; line-height: 16px; font-weight: 550; white-space: nowrap; }
  .pill::before { content: ""; width: 6px; height: 6px; border-radius: 50%; background: currentColor; }
  .pill.running { color: var(--wl-run); background: var(--wl-run-soft); }
  .pill.finished { color: var(--wl-ok); background: var(--wl-ok-soft); }
  .pill.failed { color: var(--wl-fail); background: var(--wl-fail-soft); }
  .pill.crashed { color: var(--wl-crash); background: var(--wl-crash-soft); }
  .pill.killed, .pill.paused, .pill.pending { color: var(--wl-quiet); background: var(--wl-quiet-soft); }
  .tag { display: inline-block; max-width: 220px; height: 18px; padding: 0 6px; border-radius: 4px; background: var(--wl-quiet-soft); color: var(--wl-text-2); font-size: 11px; line-height: 18px; overflow: hidden; text-overflow: ellipsis; white-space: nowrap; vertical-align: middle; }
  .card { background: var(--wl-surface); border: 1px solid var(--wl-line); border-radius: var(--wl-r-lg); padding: 8px 10px; min-width: 0; }
  .square { display: inline-block; flex: none; width: 10px; height: 10px; border-radius: 3px; }
  .hidden-text { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
  .message { display: flex; flex-direction: column; align-items: center; justify-content: center; gap: 8px; padding: 32px 16px; color: var(--wl-text-2); text-align: center; overflow-wrap: anywhere; }
  @media (pointer: coarse) { .button, .field { min-height: 40px; } }
  @media (prefers-reduced-motion: reduce) { *, *::before, *::after { transition: none !important; animation: none !important; } }
`
