/** The few pictures of the shell. */
import { svg } from "lit"

export const logo = svg`<svg viewBox="0 0 18 18" aria-hidden="true"><rect width="18" height="18" rx="5" fill="var(--wl-accent)"/><path d="M3.5 12.5 7 8l2.6 2.6L14.5 5" fill="none" stroke="var(--wl-on-accent)" stroke-width="1.8" stroke-linecap="round" stroke-linejoin="round"/></svg>`

export const glass = svg`<svg viewBox="0 0 16 16" aria-hidden="true"><circle cx="7" cy="7" r="4.5"/><path d="m10.5 10.5 3.5 3.5"/></svg>`

export const themeIcons = {
  auto: svg`<svg viewBox="0 0 16 16" aria-hidden="true"><circle cx="8" cy="8" r="5.5"/><path d="M8 2.5v11a5.5 5.5 0 0 0 0-11Z" fill="currentColor"/></svg>`,
  light: svg`<svg viewBox="0 0 16 16" aria-hidden="true"><circle cx="8" cy="8" r="3"/><path d="M8 1.5v1.2M8 13.3v1.2M1.5 8h1.2M13.3 8h1.2M3.4 3.4l.9.9M11.7 11.7l.9.9M12.6 3.4l-.9.9M4.3 11.7l-.9.9"/></svg>`,
  dark: svg`<svg viewBox="0 0 16 16" aria-hidden="true"><path d="M13 9.6A5.5 5.5 0 0 1 6.4 3a5.5 5.5 0 1 0 6.6 6.6Z"/></svg>`
}
