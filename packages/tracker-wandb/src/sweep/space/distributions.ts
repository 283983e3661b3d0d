/** The distributions of the sweep language: from a place in (0, 1) to a value. Formulas as in `design/sweeps.md` §2.2. */
import { betaQuantile } from "./betaQuantile.ts"
import { normalQuantile } from "./normalQuantile.ts"

export type Figure = "min" | "max" | "q" | "mu" | "sigma" | "a" | "b"
export type Figures = Readonly<Record<Figure, number>>

export interface Distribution {
  readonly keys: ReadonlyArray<Figure>
  readonly needs: ReadonlyArray<Figure>
  /** Bounds are above 0. */
  readonly positive?: boolean
  value(u: number, figures: Figures): number
}

/** Ties go to the even number, as Python rounds. */
const roundHalfEven = (value: number): number => {
  const floor = Math.floor(value)
  const rest = value - floor
  if (rest !== 0.5) return Math.round(value)
  return floor % 2 === 0 ? floor : floor + 1
}

/** A multiple of q without the dust of the multiplication. */
const multiple = (times: number, q: number): number => Number((times * q).toPrecision(15))

const snap = (value: number, q: number): number => multiple(roundHalfEven(value / q), q)

/** Slack for bounds that are multiples of q but for rounding. */
const slack = 1e-9

/** Numbers of the lowest and the highest multiple of q within the bounds. */
export const multiplesWithin = ({ max, min, q }: Figures): readonly [number, number] => [
  Math.ceil(min / q - slack),
  Math.floor(max / q + slack)
]

const snapWithin = (value: number, figures: Figures): number => {
  const [low, high] = multiplesWithin(figures)
  return multiple(Math.min(Math.max(roundHalfEven(value / figures.q), low), high), figures.q)
}

/** Rounding may carry a value over the edge. */
const within = (value: number, { max, min }: Figures): number => Math.min(Math.max(value, min), max)

const uniform = (u: number, figures: Figures): number => within(figures.min + u * (figures.max - figures.min), figures)
const logUniform = (u: number, figures: Figures): number =>
  within(Math.exp(Math.log(figures.min) + u * Math.log(figures.max / figures.min)), figures)
const normal = (u: number, { mu, sigma }: Figures): number => mu + sigma * normalQuantile(u)
const beta = (u: number, { a, b }: Figures): number => betaQuantile(u, a, b)

const bounds = ["min", "max"] as const
const bell = ["mu", "sigma"] as const
const shape = ["a", "b"] as const

export const distributions: Readonly<Record<string, Distribution>> = {
  int_uniform: {
    keys: bounds,
    needs: bounds,
    value: (u, { max, min }) => Math.min(min + Math.floor(u * (max - min + 1)), max)
  },
  uniform: { keys: bounds, needs: bounds, value: uniform },
  q_uniform: { keys: [...bounds, "q"], needs: bounds, value: (u, figures) => snapWithin(uniform(u, figures), figures) },
  log_uniform_values: { keys: bounds, needs: bounds, positive: true, value: logUniform },
  inv_log_uniform_values: { keys: bounds, needs: bounds, positive: true, value: logUniform },
  q_log_uniform_values: {
    keys: [...bounds, "q"],
    needs: bounds,
    positive: true,
    value: (u, figures) => snapWithin(logUniform(u, figures), figures)
  },
  normal: { keys: bell, needs: [], value: normal },
  q_normal: { keys: [...bell, "q"], needs: [], value: (u, figures) => snap(normal(u, figures), figures.q) },
  log_normal: { keys: bell, needs: [], value: (u, figures) => Math.exp(normal(u, figures)) },
  q_log_normal: {
    keys: [...bell, "q"],
    needs: [],
    value: (u, figures) => snap(Math.exp(normal(u, figures)), figures.q)
  },
  beta: { keys: shape, needs: [], value: beta },
  q_beta: { keys: [...shape, "q"], needs: [], value: (u, figures) => snap(beta(u, figures), figures.q) }
}

/** Distributions whose bounds are exponents; nobody reads them right at first sight. */
export const outdated: ReadonlySet<string> = new Set(["log_uniform", "inv_log_uniform", "q_log_uniform"])

export const defaults = { q: 1, mu: 0, sigma: 1, a: 1, b: 1 } as const
