/** Steps and labels of the two time axes: the wall clock (Unix milliseconds) and the time since a run began (seconds). */

const minute = 60
const hour = 3600
const day = 86_400

export const durationLadderSeconds: ReadonlyArray<number> = [
  1,
  2,
  5,
  10,
  15,
  30,
  minute,
  2 * minute,
  5 * minute,
  10 * minute,
  15 * minute,
  30 * minute,
  hour,
  2 * hour,
  3 * hour,
  6 * hour,
  12 * hour,
  day,
  2 * day,
  5 * day
]

export const timeLadderMs: ReadonlyArray<number> = [
  1,
  2,
  5,
  10,
  20,
  50,
  100,
  200,
  500,
  ...durationLadderSeconds.map((s) => s * 1000)
]

const two = (value: number): string => String(value).padStart(2, "0")
const months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]

/** Such as `24 Nov`, in the reader's own time zone. */
export const dayLabel = (timeMs: number): string => {
  const date = new Date(timeMs)
  return `${date.getDate()} ${months[date.getMonth()]}`
}

export const timeTick = (timeMs: number, stepMs: number): string => {
  const date = new Date(timeMs)
  if (stepMs >= day * 1000) return dayLabel(timeMs)
  const clock = `${two(date.getHours())}:${two(date.getMinutes())}`
  if (stepMs >= minute * 1000) return clock
  const seconds = `${clock}:${two(date.getSeconds())}`
  return stepMs >= 1000 ? seconds : `${seconds}.${String(date.getMilliseconds()).padStart(3, "0")}`
}

/** Such as `45 s`, `5 min`, `1 h 30`, `2 d`: no finer than the step needs. */
export const durationTick = (seconds: number, stepSeconds: number): string => {
  const sign = seconds < 0 ? "−" : ""
  const total = Math.round(Math.abs(seconds))
  if (total === 0) return "0"
  if (total < minute || (stepSeconds < minute && total < 2 * minute)) return `${sign}${total} s`
  if (total < hour) {
    const rest = total % minute
    return rest === 0 ? `${sign}${total / minute} min` : `${sign}${Math.floor(total / minute)}:${two(rest)}`
  }
  if (total < day || stepSeconds < hour) {
    const rest = Math.round((total % hour) / minute)
    return rest === 0 ? `${sign}${total / hour} h` : `${sign}${Math.floor(total / hour)} h ${two(rest)}`
  }
  const rest = Math.round((total % day) / hour)
  return rest === 0 ? `${sign}${total / day} d` : `${sign}${Math.floor(total / day)} d ${rest} h`
}

/** A span of time for reading, such as `0.8 s`, `42 s`, `12 min 08 s`, `3 h 05 min`, `2 d 04 h`. */
export const formatDuration = (seconds: number): string => {
  if (!Number.isFinite(seconds)) return "–"
  const sign = seconds < 0 ? "−" : ""
  const exact = Math.abs(seconds)
  if (exact < 10) return `${sign}${Number(exact.toPrecision(2))} s`
  const total = Math.round(exact)
  if (total < minute) return `${sign}${total} s`
  if (total < hour) return `${sign}${Math.floor(total / minute)} min ${two(total % minute)} s`
  if (total < day) return `${sign}${Math.floor(total / hour)} h ${two(Math.floor((total % hour) / minute))} min`
  return `${sign}${Math.floor(total / day)} d ${two(Math.floor((total % day) / hour))} h`
}

/** A moment for reading, such as `24 Nov 14:02:58`, in the reader's own time zone. */
export const formatMoment = (timeMs: number): string => {
  if (!Number.isFinite(timeMs)) return "–"
  const date = new Date(timeMs)
  return `${dayLabel(timeMs)} ${two(date.getHours())}:${two(date.getMinutes())}:${two(date.getSeconds())}`
}
