/**
 * The look as data: every colour token with its light and its dark value, every measure once. Elements read only these
 * names, as `var(--wl-text)`; a host overrides any of them on any ancestor. `theme.css` is written from this table.
 */

/** Light value, dark value. Text pairs are at least 4.5:1, marks at least 3:1. */
export const colourTokens: Readonly<Record<string, readonly [light: string, dark: string]>> = {
  "--wl-bg": ["#f7f7f5", "#101113"],
  "--wl-surface": ["#ffffff", "#17181b"],
  "--wl-raised": ["#ffffff", "#1d1f23"],
  "--wl-sunken": ["#f1f1ee", "#0c0d0e"],
  "--wl-line": ["#e4e3df", "#292b30"],
  "--wl-line-strong": ["#cfcec9", "#3a3d44"],
  "--wl-text": ["#1d1d1b", "#ececea"],
  "--wl-text-2": ["#5c5b57", "#a6a8ad"],
  "--wl-text-3": ["#6e6d68", "#8f9299"],
  "--wl-accent": ["#2f5bd7", "#7d9bff"],
  "--wl-accent-soft": ["#e9eefb", "#1e2740"],
  "--wl-on-accent": ["#ffffff", "#0d1020"],
  "--wl-ok": ["#1f7a4d", "#5cc48c"],
  "--wl-run": ["#2f5bd7", "#7d9bff"],
  "--wl-fail": ["#c0362c", "#f0796d"],
  "--wl-crash": ["#9a5108", "#e3a04b"],
  "--wl-quiet": ["#6a6964", "#9497a0"],
  "--wl-ok-soft": ["#e5f3eb", "#16291f"],
  "--wl-run-soft": ["#e9eefb", "#1e2740"],
  "--wl-fail-soft": ["#fbeae8", "#351c1a"],
  "--wl-crash-soft": ["#faefdf", "#30240f"],
  "--wl-quiet-soft": ["#efefec", "#232529"],
  "--wl-grid": ["#ecebe7", "#222429"],
  "--wl-cursor": ["#1d1d1b", "#ececea"],
  "--wl-shade": ["rgb(20 20 15 / .08)", "rgb(0 0 0 / .4)"],
  "--wl-s1": ["#2f5bd7", "#7d9bff"],
  "--wl-s2": ["#d9631e", "#f39a5b"],
  "--wl-s3": ["#238a5b", "#5cc48c"],
  "--wl-s4": ["#b83280", "#ec7bb6"],
  "--wl-s5": ["#6f4fc9", "#ab92f5"],
  "--wl-s6": ["#0e8a9b", "#4fc0cf"],
  "--wl-s7": ["#c0362c", "#f0796d"],
  "--wl-s8": ["#7d8a1f", "#bcc95a"],
  "--wl-s9": ["#8a5a3c", "#c9987a"],
  "--wl-s10": ["#52657d", "#93a6bd"]
}

/** Space 4 8 12 16 24 32, radius 6 for controls and 8 for cards, rows 32 px. */
export const measureTokens: Readonly<Record<string, string>> = {
  "--wl-1": "4px",
  "--wl-2": "8px",
  "--wl-3": "12px",
  "--wl-4": "16px",
  "--wl-5": "24px",
  "--wl-6": "32px",
  "--wl-r": "6px",
  "--wl-r-lg": "8px",
  "--wl-row": "32px",
  "--wl-control": "28px",
  "--wl-mono": 'ui-monospace, SFMono-Regular, Menlo, "Liberation Mono", monospace'
}

/** Every token as the value it has where no host says otherwise; colours follow the `color-scheme` of where they are used. */
export const tokenDefaults = (): ReadonlyArray<readonly [name: string, value: string]> => [
  ...Object.entries(colourTokens).map(([name, [light, dark]]) => [name, `light-dark(${light}, ${dark})`] as const),
  ...Object.entries(measureTokens)
]

/** The text of `theme.css`, for hosts that want the tokens before any script runs. */
export const themeStyleSheet = (): string =>
  [
    ":where(:root) {",
    "  color-scheme: light dark;",
    ...tokenDefaults().map(([name, value]) => `  ${name}: ${value};`),
    "}",
    ":where([data-theme=light]) { color-scheme: light; }",
    ":where([data-theme=dark]) { color-scheme: dark; }",
    ""
  ].join("\n")
