/** Compares a store's answers with the model's: bits where values are kept, rounding where they are added up. */
import { strict as assert } from "node:assert"
import type { BucketSeries, KeySummary } from "../../../metric/MetricQuery.ts"
import type { ScannedPoint } from "./CheckedStore.ts"

/** Equal, NaN equal to itself; -0 and 0 are told apart only where `bits` says so. */
const sameNumber = (a: number, b: number, bits: boolean): boolean => Object.is(a, b) || (!bits && a === b)

const close = (a: number, b: number, scale: number): boolean =>
  Object.is(a, b) || a === b || Math.abs(a - b) <= 1e-9 * scale

export const assertSamePoints = (
  actual: ReadonlyArray<ScannedPoint>,
  expected: ReadonlyArray<ScannedPoint>,
  query: string
): void => {
  assert.equal(actual.length, expected.length, `number of points of ${query}`)
  for (let i = 0; i < actual.length; i++) {
    const a = actual[i]!
    const e = expected[i]!
    const sameValue =
      typeof a.value === "number" && typeof e.value === "number"
        ? sameNumber(a.value, e.value, true)
        : JSON.stringify(a.value) === JSON.stringify(e.value)
    if (a.kind !== e.kind || !sameNumber(a.step, e.step, false) || a.time !== e.time || !sameValue) {
      assert.fail(`point ${i} of ${query}: got ${describe(a)}, expected ${describe(e)}`)
    }
  }
}

const describe = (point: ScannedPoint): string =>
  `${point.kind} step ${point.step} time ${point.time} value ${Object.is(point.value, -0) ? "-0" : String(point.value)}`

const exactColumns = ["x", "firstX", "lastX", "min", "max", "count", "nan", "posInf", "negInf"] as const
const bitColumns = ["first", "last"] as const

export const assertSameBuckets = (
  actual: ReadonlyArray<BucketSeries>,
  expected: ReadonlyArray<BucketSeries>,
  query: string
): void => {
  assert.equal(actual.length, expected.length, `number of series of ${query}`)
  actual.forEach((series, i) => {
    const other = expected[i]!
    assert.deepEqual([series.run, series.key], [other.run, other.key], `series ${i} of ${query}`)
    assert.equal(series.width, other.width, `width of ${query}`)
    for (const column of exactColumns) assertColumn(series, other, column, query, false)
    for (const column of bitColumns) assertColumn(series, other, column, query, true)
    for (let b = 0; b < series.x.length; b++) {
      const scale = Math.max(Math.abs(other.min[b]!), Math.abs(other.max[b]!), Number.MIN_VALUE)
      const sums = close(series.sum[b]!, other.sum[b]!, scale * other.count[b]!) || !Number.isFinite(other.sum[b]!)
      const means = close(series.mean[b]!, other.mean[b]!, scale) || !Number.isFinite(other.sum[b]!)
      if (!sums || !means) {
        assert.fail(
          `bucket ${b} of ${query}: got sum ${series.sum[b]} mean ${series.mean[b]}, expected ${other.sum[b]} ${other.mean[b]}`
        )
      }
    }
  })
}

const assertColumn = (
  series: BucketSeries,
  other: BucketSeries,
  column: (typeof exactColumns)[number] | (typeof bitColumns)[number],
  query: string,
  bits: boolean
): void => {
  assert.equal(series[column].length, other[column].length, `buckets of ${query} (${column})`)
  for (let b = 0; b < series.x.length; b++) {
    if (!sameNumber(series[column][b]!, other[column][b]!, bits)) {
      assert.fail(`${column} of bucket ${b} of ${query}: got ${series[column][b]}, expected ${other[column][b]}`)
    }
  }
}

export const assertSameSummaries = (actual: ReadonlyArray<KeySummary>, expected: ReadonlyArray<KeySummary>): void => {
  assert.deepEqual(
    actual.map((summary) => summary.key),
    expected.map((summary) => summary.key)
  )
  actual.forEach((summary, i) => {
    const other = expected[i]!
    for (const field of Object.keys(other) as ReadonlyArray<keyof KeySummary>) {
      const a = summary[field]
      const e = other[field]
      if (field === "mean") {
        const scale = Math.max(Math.abs(other.min), Math.abs(other.max), Number.MIN_VALUE)
        assert.ok(close(summary.mean, other.mean, scale) || !Number.isFinite(other.mean), `mean of "${summary.key}"`)
      } else if (typeof a === "number" && typeof e === "number") {
        assert.ok(sameNumber(a, e, field === "last"), `${field} of "${summary.key}": got ${a}, expected ${e}`)
      } else assert.equal(a, e, `${field} of "${summary.key}"`)
    }
  })
}
