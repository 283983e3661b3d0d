/** Times as people say them: `12 min 08 s` for how long, `2 h` for how long ago. */

const two = (value: number): string => String(value).padStart(2, "0")

/** `0.4 s`, `42 s`, `12 min 08 s`, `3 h 05 min`, `2 d 04 h`. */
export const formatDuration = (milliseconds: number): string => {
  if (!Number.isFinite(milliseconds) || milliseconds < 0) return "–"
  if (milliseconds < 9_950) return `${(milliseconds / 1000).toFixed(1)} s`
  const seconds = Math.round(milliseconds / 1000)
  if (seconds < 60) return `${seconds} s`
  const minutes = Math.floor(seconds / 60)
  if (minutes < 60) return `${minutes} min ${two(seconds % 60)} s`
  const hours = Math.floor(minutes / 60)
  return hours < 24 ? `${hours} h ${two(minutes % 60)} min` : `${Math.floor(hours / 24)} d ${two(hours % 24)} h`
}

/** `now`, `4 min`, `2 h`, `3 d`, `5 mo`, `2 y` between two moments in Unix milliseconds. */
export const formatAge = (thenMs: number, nowMs: number): string => {
  const seconds = Math.max(0, (nowMs - thenMs) / 1000)
  if (!Number.isFinite(seconds)) return "–"
  if (seconds < 60) return "now"
  if (seconds < 3600) return `${Math.floor(seconds / 60)} min`
  if (seconds < 86_400) return `${Math.floor(seconds / 3600)} h`
  if (seconds < 60 * 86_400) return `${Math.floor(seconds / 86_400)} d`
  return seconds < 730 * 86_400
    ? `${Math.floor(seconds / (30.44 * 86_400))} mo`
    : `${Math.floor(seconds / (365.25 * 86_400))} y`
}

/** `2026-11-24 14:02:11` in the reader's time zone. */
export const formatMoment = (milliseconds: number): string => {
  const date = new Date(milliseconds)
  if (Number.isNaN(date.getTime())) return "–"
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())} ${formatClock(milliseconds)}`
}

/** `14:02:11` in the reader's time zone. */
export const formatClock = (milliseconds: number): string => {
  const date = new Date(milliseconds)
  return Number.isNaN(date.getTime())
    ? "–"
    : `${two(date.getHours())}:${two(date.getMinutes())}:${two(date.getSeconds())}`
}
