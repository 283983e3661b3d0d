/** Random filters that are valid, for properties over all of them. */
import type { RunFilter } from "@wanllmdb/core"
import fc from "fast-check"

/** `WANLLMDB_FUZZ` multiplies how often a property is tried. */
export const fuzzRuns = (runs: number): number => runs * Number(process.env.WANLLMDB_FUZZ ?? 1)

const text = fc.oneof(
  fc.constantFrom("a", "b", "Amber", "x y", "1", "true", "NaN", '"', "it's", "back\\slash", "/p/", "a,b", "ü🚀"),
  fc.string({ minLength: 1, maxLength: 6 }).filter((value) => !/\s/.test(value))
)
const number = fc.oneof(fc.constantFrom(0, 1, -1, 0.5, 1e-9, 1e21), fc.integer({ min: -3, max: 3 }))
const metric = fc.constantFrom("loss", "val/acc", "a b", "odd`name", "m:n")

export const anyField = fc.oneof(
  metric,
  metric.map((name) => `config.${name}`),
  metric.map((name) => `summary.${name}`),
  fc.tuple(fc.constantFrom("min", "max", "mean", "last"), metric).map(([figure, name]) => `${figure}(${name})`)
)
export const textField = fc.constantFrom("state", "name", "slug", "group", "job", "user", "host", "notes", "git.commit")

const order = fc.constantFrom("=" as const, "!=" as const, "<" as const, "<=" as const, ">" as const, ">=" as const)
const scalar = fc.oneof(number, text, fc.boolean())
const list = <A>(value: fc.Arbitrary<A>) => fc.array(value, { minLength: 2, maxLength: 4 })
const pattern = fc.constantFrom("a", "^A", "(?i)amber|b$", "[0-9]+", "a.*b", "x/y")

const test: fc.Arbitrary<RunFilter> = fc.oneof(
  fc.record({ field: anyField, op: order, value: scalar }),
  fc.record({ field: textField, op: order, value: text }),
  fc.record({ field: fc.constant("tag"), op: fc.constantFrom("=" as const, "!=" as const), value: text }),
  fc.record({ field: anyField, op: fc.constant("in" as const), value: list(scalar) }),
  fc.record({ field: fc.oneof(textField, fc.constant("tag")), op: fc.constant("in" as const), value: list(text) }),
  fc.record({
    field: fc.oneof(textField, anyField, fc.constant("tag")),
    op: fc.constant("contains" as const),
    value: text
  }),
  fc.record({
    field: fc.oneof(textField, anyField, fc.constant("tag")),
    op: fc.constant("matches" as const),
    value: pattern
  }),
  fc.record({ field: fc.oneof(textField, anyField, fc.constant("tag")), op: fc.constant("exists" as const) }),
  fc.record({
    field: fc.constantFrom("created", "updated"),
    op: order,
    value: fc.constantFrom("2026-09-21", "2026-09-22T10:00:00Z", 1.79e12)
  }),
  fc.record({ field: fc.constant("duration"), op: order, value: fc.constantFrom(1, 30, "1m", "0.001h") })
)

/** Canonical as the parser gives them: no lists of one, none inside a list of the same kind's place of one. */
export const arbitraryFilter: fc.Arbitrary<RunFilter> = fc.letrec<{ filter: RunFilter }>((tie) => ({
  filter: fc.oneof(
    { depthSize: "small", withCrossShrink: true },
    test,
    fc.array(tie("filter"), { minLength: 2, maxLength: 3 }).map((and): RunFilter => ({ and })),
    fc.array(tie("filter"), { minLength: 2, maxLength: 3 }).map((or): RunFilter => ({ or })),
    tie("filter").map((not): RunFilter => ({ not }))
  )
})).filter
