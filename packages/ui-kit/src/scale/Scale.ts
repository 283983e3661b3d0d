/**
 * An axis is straight in some space: values themselves, their logarithm, or a symmetric logarithm that passes through zero.
 * `toAxis` goes there, `fromAxis` comes back; everything else (zoom, pan, ticks, pixels) is linear in that space.
 */
export type ScaleKind = "linear" | "log" | "log2" | "symlog" | "time" | "duration"

export interface Domain {
  readonly from: number
  readonly to: number
}

/** Below this distance from zero a symlog axis is nearly linear. */
export const symlogThreshold = 1e-3

/** NaN for values that the scale cannot show, such as 0 on a logarithmic axis. */
export const toAxis = (kind: ScaleKind, value: number): number => {
  if (kind === "log" || kind === "log2") return value > 0 ? Math.log10(value) : Number.NaN
  if (kind === "symlog") return Math.sign(value) * Math.log1p(Math.abs(value) / symlogThreshold)
  return value
}

export const fromAxis = (kind: ScaleKind, position: number): number => {
  if (kind === "log" || kind === "log2") return 10 ** position
  if (kind === "symlog") return Math.sign(position) * Math.expm1(Math.abs(position)) * symlogThreshold
  return position
}

/** Whether values can be used as they are, without `toAxis`. */
export const isStraight = (kind: ScaleKind): boolean => kind === "linear" || kind === "time" || kind === "duration"

/** Where a value lies between the ends of a domain: 0 at `from`, 1 at `to`. */
export const fractionOf = (kind: ScaleKind, domain: Domain, value: number): number => {
  const from = toAxis(kind, domain.from)
  return (toAxis(kind, value) - from) / (toAxis(kind, domain.to) - from)
}

export const valueAt = (kind: ScaleKind, domain: Domain, fraction: number): number => {
  const from = toAxis(kind, domain.from)
  return fromAxis(kind, from + fraction * (toAxis(kind, domain.to) - from))
}

/** Zooms a domain about a point (a fraction of it) by a factor: 0.5 shows half as much. */
export const zoomDomain = (kind: ScaleKind, domain: Domain, factor: number, at: number): Domain => {
  const from = toAxis(kind, domain.from)
  const span = toAxis(kind, domain.to) - from
  const left = from + at * span * (1 - factor)
  return { from: fromAxis(kind, left), to: fromAxis(kind, left + span * factor) }
}

/** Moves a domain by a fraction of its own length. */
export const panDomain = (kind: ScaleKind, domain: Domain, by: number): Domain => {
  const from = toAxis(kind, domain.from)
  const to = toAxis(kind, domain.to)
  const shift = by * (to - from)
  return { from: fromAxis(kind, from + shift), to: fromAxis(kind, to + shift) }
}

/** A domain that is never empty: one value gets room on both sides, nothing at all gets 0 to 1. */
export const openDomain = (kind: ScaleKind, from: number, to: number): Domain => {
  if (!Number.isFinite(from) || !Number.isFinite(to))
    return kind === "log" || kind === "log2" ? { from: 0.1, to: 10 } : { from: 0, to: 1 }
  if (to > from && to - from > Math.abs(to) * 1e-13) return { from, to }
  if (kind === "log" || kind === "log2") return { from: from / 2, to: from * 2 }
  const room = kind === "time" ? 1000 : from === 0 ? 1 : Math.abs(from) * 0.5
  return { from: from - room, to: from + room }
}
