/**
 * Hears of a changed theme whatever changed it: an attribute on any ancestor, a style sheet, the system. A probe takes the
 * theme's colours by a transition of a millisecond, and the browser reports that the transition ran.
 */
export const watchTheme = (probe: HTMLElement, changed: () => void): (() => void) => {
  probe.addEventListener("transitionend", changed)
  return () => probe.removeEventListener("transitionend", changed)
}
