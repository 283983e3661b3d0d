/**
 * Histories made from a seed: batches in random order with repeats and odd values, retries, gaps, rewinds, forks, deletions and
 * compaction in between. After each history every answer of the store equals the row model's.
 */
import { Effect } from "effect"
import type { MetricStore } from "../../../metric/MetricStore.ts"
import type { RunId } from "../../../run/Run.ts"
import type { ContractCase } from "../../ContractCase.ts"
import { type CheckedStore, checkedStore, frameOf, newRun, type Row } from "./CheckedStore.ts"

/** Mulberry32: small, fast, and the same everywhere. */
export const seededRandom = (seed: number): (() => number) => {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let t = Math.imul(state ^ (state >>> 15), state | 1)
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296
  }
}

const numberKeys = ["loss", "acc", "lr", "ünï/🦊", "sys.gpu", "__proto__"]

const valueOf = (random: () => number): number => {
  const kind = Math.floor(random() * 12)
  switch (kind) {
    case 0:
      return Number.NaN
    case 1:
      return random() < 0.5 ? Number.POSITIVE_INFINITY : Number.NEGATIVE_INFINITY
    case 2:
      return -0
    case 3:
      return Math.floor(random() * 100)
    case 4:
      return random() * 1e-300
    case 5:
      return Math.round(random() * 1e5) / 1000
    case 6:
      return random() * 2 - 1
    default:
      return Math.fround(random() * 3)
  }
}

const rowsFrom = (random: () => number, base: number, most: number): ReadonlyArray<Row> => {
  const count = 1 + Math.floor(random() * random() * most)
  const shape = Math.floor(random() * 5)
  const keys = numberKeys.filter(() => random() < 0.6)
  return Array.from({ length: count }, (_, i) => {
    const step =
      shape === 0
        ? Math.floor(random() * (80 + most)) - 20
        : shape === 1
          ? base + i * 0.25
          : shape === 2
            ? Math.floor(base / 2) + (i % 3)
            : base + i
    const values: Record<string, number> = Object.create(null)
    for (const key of keys) if (shape !== 3 || random() < 0.7) values[key] = valueOf(random)
    return {
      step,
      time: 1.79e12 + Math.floor((base + i) * 250 + random() * 40),
      values,
      ...(random() < 0.05 ? { texts: { note: `n${i}` } } : {}),
      ...(random() < 0.03 ? { histograms: { hist: { edges: [0, 1 + i], counts: [i] } } } : {}),
      ...(random() < 0.03 ? { records: { media: { path: `${i}.png` } } } : {})
    }
  })
}

/** One run's clients: their numbering and last batch, and about where training stands. */
class History {
  readonly run: RunId
  readonly check: CheckedStore
  readonly random: () => number
  /** Most rows of a batch. */
  readonly most: number
  readonly sequences = new Map<string, { sequence: number; frame: Uint8Array }>()
  base = 0
  segment = 0

  constructor(run: RunId, check: CheckedStore, random: () => number, most: number) {
    this.run = run
    this.check = check
    this.random = random
    this.most = most
  }

  readonly append = Effect.suspend(() => {
    const { random, run, check } = this
    const frame = frameOf(rowsFrom(random, this.base, this.most))
    this.base += Math.floor((random() * this.most) / 2)
    const writer = ["w1", "w2", null][Math.floor(random() * 3)]!
    if (writer === null) return check.appendFrame(run, frame)
    const sequence = (this.sequences.get(writer)?.sequence ?? 0) + 1
    this.sequences.set(writer, { sequence, frame })
    return check.appendFrame(run, frame, { writer, sequence })
  })

  readonly retry = Effect.suspend(() => {
    const [entry] = [...this.sequences]
    if (entry === undefined) return this.append
    const [writer, { sequence, frame }] = entry
    const back = this.random() < 0.7 ? 0 : 1
    return this.check.appendFrame(this.run, frame, { writer, sequence: Math.max(1, sequence - back) })
  })

  readonly gap = Effect.suspend(() => {
    const sequence = (this.sequences.get("w1")?.sequence ?? 0) + 2 + Math.floor(this.random() * 3)
    return this.check.appendFrame(this.run, frameOf([{ step: 0, values: { loss: 1 } }]), { writer: "w1", sequence })
  })

  readonly rewind = Effect.suspend(() => {
    const step = Math.floor(this.random() * (this.base + 10)) - (this.random() < 0.3 ? 0.5 : 0)
    this.base = Math.max(0, Math.ceil(step))
    this.segment++
    return this.check.rewind(this.run, step)
  })

  readonly compact = Effect.suspend(() => this.check.store.compact(this.run, { final: this.random() < 0.4 }))

  readonly deleteKey = Effect.suspend(() =>
    this.check.delete(this.run, numberKeys[Math.floor(this.random() * numberKeys.length)]!)
  )

  readonly glance = Effect.suspend(() => {
    const { random, run, check } = this
    const key = numberKeys[Math.floor(random() * numberKeys.length)]!
    const from = Math.floor(random() * (this.base + 100)) - 10
    const to = from + Math.floor(random() * (this.most * 3)) / 4
    return Effect.andThen(
      check.buckets({ series: [{ run, key }], from, to, buckets: 1 + Math.floor(random() * 40) }),
      check.scan({ run, key, from, to, repeats: random() < 0.5 ? "all" : "last" })
    )
  })
}

/** One history of `length` changes, checked at its end, after compaction, and now and then in between. Batches have up to `most` rows. */
export const randomHistory = (check: CheckedStore, seed: number, length: number, most = 120) =>
  Effect.gen(function* () {
    const random = seededRandom(seed)
    const histories = [new History(yield* newRun, check, random, most)]
    for (let i = 0; i < length; i++) {
      const history = histories[Math.floor(random() * histories.length)]!
      const dice = random()
      if (dice < 0.55) yield* history.append
      else if (dice < 0.62) yield* history.retry
      else if (dice < 0.65) yield* history.gap
      else if (dice < 0.69) yield* history.rewind
      else if (dice < 0.8) yield* history.compact
      else if (dice < 0.82) yield* history.deleteKey
      else if (dice < 0.85 && histories.length < 4) {
        const child = new History(yield* newRun, check, random, most)
        const step = Math.floor(random() * (history.base + 5))
        child.base = Math.max(0, step)
        yield* check.fork(child.run, { run: history.run, segment: history.segment, step })
        histories.push(child)
      } else yield* history.glance
    }
    for (const { run } of histories) yield* check.same(run)
    for (const { run } of histories) yield* check.store.compact(run, { final: true })
    for (const { run } of histories) {
      yield* check.same(run)
      const { faults } = yield* check.store.verify(run)
      if (faults.length > 0) return yield* Effect.die(new Error(`verify: ${faults.join("; ")}`))
    }
    return histories.map(({ run }) => run)
  })

/** Cases of `count` seeds from `first` on, for suites that have time for more than the contract's own. */
export const randomCases = (
  first: number,
  count: number,
  length = 40,
  most = 120
): ReadonlyArray<ContractCase<MetricStore>> =>
  Array.from({ length: count }, (_, i) => ({
    name: `answers equal the row model after random history ${first + i} of batches up to ${most} rows`,
    run: Effect.asVoid(Effect.flatMap(checkedStore, (check) => randomHistory(check, first + i, length, most)))
  }))
