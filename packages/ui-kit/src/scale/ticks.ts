/**
 * Where the labels of an axis stand: at most six round numbers (1, 2, 2.5, 5 × 10ⁿ) inside the domain, at least three wherever
 * the axis has room for them.
 */
import { dayLabel, durationLadderSeconds, durationTick, timeLadderMs, timeTick } from "./durationTicks.ts"
import { formatTick } from "./formatTick.ts"
import type { Domain, ScaleKind } from "./Scale.ts"

export interface Tick {
  readonly value: number
  readonly label: string
}

const mantissas = [1, 2, 2.5, 5]

/** The smallest round step at which no more than `most` ticks fall into the domain. */
export const roundStep = ({ from, to }: Domain, most: number): number => {
  const span = to - from
  if (!(span > 0)) return 1
  let exponent = Math.floor(Math.log10(span / most)) - 1
  for (;;) {
    for (const mantissa of mantissas) {
      const step = mantissa * 10 ** exponent
      if (Math.floor(to / step + 1e-9) - Math.ceil(from / step - 1e-9) + 1 <= most) return step
    }
    exponent += 1
  }
}

const multiples = ({ from, to }: Domain, step: number): ReadonlyArray<number> => {
  const first = Math.ceil(from / step - 1e-9)
  const last = Math.floor(to / step + 1e-9)
  const values: Array<number> = []
  // `+ 0` turns −0 into 0, which would be written "-0".
  for (let index = first; index <= last && values.length < 64; index++) values.push(index * step + 0)
  return values
}

const linearTicks = (domain: Domain, most: number): ReadonlyArray<Tick> => {
  const step = roundStep(domain, most)
  return multiples(domain, step).map((value) => ({ value, label: formatTick(value, step) }))
}

/** Ticks within a power of ten, from dense to sparse. */
const logMantissas: ReadonlyArray<ReadonlyArray<number>> = [[1, 2, 3, 4, 5, 6, 7, 8, 9], [1, 2, 5], [1, 3], [1]]

const logTicks = (domain: Domain, most: number, base: number): ReadonlyArray<Tick> => {
  const low = Math.log(domain.from) / Math.log(base)
  const high = Math.log(domain.to) / Math.log(base)
  if (!(high > low)) return []
  if (base === 10) {
    for (const steps of logMantissas.slice(0, -1)) {
      const values: Array<number> = []
      for (let power = Math.floor(low); power <= high; power++) {
        for (const step of steps) {
          const value = step * 10 ** power
          if (value >= domain.from * (1 - 1e-9) && value <= domain.to * (1 + 1e-9)) values.push(value)
        }
      }
      if (values.length >= 2 && values.length <= most)
        return values.map((value) => ({ value, label: formatTick(value, value) }))
    }
  }
  // Less than one whole power shows: the axis is close to straight.
  if (high - low < 1) return linearTicks(domain, most).filter((tick) => tick.value > 0)
  const powers = Math.floor(high + 1e-9) - Math.ceil(low - 1e-9) + 1
  const stride = Math.max(1, Math.ceil(powers / most))
  const ticks: Array<Tick> = []
  for (let power = Math.ceil(low / stride - 1e-9) * stride; power <= high + 1e-9; power += stride) {
    const value = base ** power
    ticks.push({ value, label: formatTick(value, value) })
  }
  return ticks
}

const symlogTicks = (domain: Domain, most: number): ReadonlyArray<Tick> => {
  const ticks: Array<Tick> = []
  const reach = Math.max(Math.abs(domain.from), Math.abs(domain.to))
  const top = Math.ceil(Math.log10(reach))
  const stride = Math.max(
    1,
    Math.ceil(((top + 2) * (domain.from < 0 && domain.to > 0 ? 2 : 1)) / Math.max(2, most - 1))
  )
  for (let power = top; power >= -2; power -= stride) {
    for (const value of [-(10 ** power), 10 ** power]) ticks.push({ value, label: formatTick(value, value) })
  }
  ticks.push({ value: 0, label: "0" })
  return ticks.filter(({ value }) => value >= domain.from && value <= domain.to).sort((a, b) => a.value - b.value)
}

const ladderStep = (ladder: ReadonlyArray<number>, { from, to }: Domain, most: number, beyond: number): number => {
  const found = ladder.find((step) => Math.floor(to / step) - Math.ceil(from / step) + 1 <= most)
  return found ?? beyond * roundStep({ from: from / beyond, to: to / beyond }, most)
}

const durationTicks = (domain: Domain, most: number): ReadonlyArray<Tick> => {
  const span = domain.to - domain.from
  if (span < 4) return linearTicks(domain, most).map((tick) => ({ ...tick, label: `${tick.label} s` }))
  const step = ladderStep(durationLadderSeconds, domain, most, 86_400)
  return multiples(domain, step).map((value) => ({ value, label: durationTick(value, step) }))
}

const timeTicks = (domain: Domain, most: number): ReadonlyArray<Tick> => {
  // Round in the reader's own clock: midnight is a multiple of a day there, not in UTC.
  const offset = new Date(domain.from).getTimezoneOffset() * 60_000
  const clock = { from: domain.from - offset, to: domain.to - offset }
  const step = ladderStep(timeLadderMs, clock, most, 86_400_000)
  const local = multiples(clock, step)
  let day = ""
  return local.map((at) => {
    const value = at + offset
    const today = dayLabel(value)
    const label = timeTick(value, step)
    const shown = day !== "" && today !== day && step < 86_400_000 ? today : label
    day = today
    return { value, label: shown }
  })
}

/** At most `most` (2 to 6) labelled ticks, in order, all inside the domain. */
export const ticksOf = (kind: ScaleKind, domain: Domain, most = 6): ReadonlyArray<Tick> => {
  const limit = Math.min(6, Math.max(2, most))
  switch (kind) {
    case "log":
      return logTicks(domain, limit, 10)
    case "log2":
      return logTicks(domain, limit, 2)
    case "symlog":
      return symlogTicks(domain, limit)
    case "time":
      return timeTicks(domain, limit)
    case "duration":
      return durationTicks(domain, limit)
    default:
      return linearTicks(domain, limit)
  }
}

/**
 * Widens a domain to round ends, so that live data moves the axis seldom. Data that passes a tick by less than an eighth of a
 * step does not add a whole step of empty space.
 */
export const roundDomain = (kind: ScaleKind, domain: Domain, most = 6): Domain => {
  if (kind === "log" || kind === "log2") {
    const low = Math.log10(domain.from)
    const high = Math.log10(domain.to)
    const room = (high - low) * 0.04
    return { from: 10 ** (low - room), to: 10 ** (high + room) }
  }
  if (kind !== "linear") return domain
  const step = roundStep(domain, most)
  const from = Math.floor(domain.from / step + 0.12) * step + 0
  const to = Math.ceil(domain.to / step - 0.12) * step + 0
  return { from: Math.min(from, domain.from), to: Math.max(to, domain.to) }
}
