/** Light, dark or as the system has it: remembered in this browser, set on the document before anything is drawn. */
export type ThemeName = "auto" | "light" | "dark"

const key = "wanllmdb.theme"

export const readTheme = (): ThemeName => {
  try {
    const stored = localStorage.getItem(key)
    return stored === "light" || stored === "dark" ? stored : "auto"
  } catch {
    return "auto"
  }
}

export const applyTheme = (theme: ThemeName): void => {
  if (theme === "auto") delete document.documentElement.dataset.theme
  else document.documentElement.dataset.theme = theme
}

export const storeTheme = (theme: ThemeName): void => {
  applyTheme(theme)
  try {
    localStorage.setItem(key, theme)
  } catch {
    // A browser that keeps nothing still shows the choice until the page is left.
  }
}
