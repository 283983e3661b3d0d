import fc from "fast-check"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { ReadServer } from "./ReadServer.ts"

const runs = Number(process.env.WANLLMDB_FUZZ ?? 1)
const server = new ReadServer()
afterAll(() => server.wan.close())

interface Sample {
  readonly name: string
  readonly display_name: string
  readonly group: string | null
  readonly tags: ReadonlyArray<string>
  readonly config: Readonly<Record<string, unknown>>
  readonly summary_metrics: Readonly<Record<string, unknown>>
}

const samples: ReadonlyArray<Sample> = Array.from({ length: 40 }, (_, i) => ({
  name: `r${String(i).padStart(2, "0")}`,
  display_name: ["Alpha", "beta", "alphabet", "Gamma 3"][i % 4]!,
  group: i % 5 === 0 ? null : ["g1", "g2"][i % 2]!,
  tags: ["x", "y", "z"].filter((_, bit) => ((i >> bit) & 1) === 1),
  config: {
    ...(i % 3 !== 0 && { lr: (i % 4) / 10 }),
    ...(i % 4 !== 0 && { kind: ["a", "b", "ab"][i % 3] }),
    ...(i % 2 === 0 && { flag: i % 4 === 0 }),
    net: { depth: i % 3, ...(i % 7 === 0 && { act: "relu" }) }
  },
  summary_metrics: { ...(i % 3 !== 1 && { loss: (i % 5) - 2 }), ...(i % 6 === 0 && { note: "good" }) }
}))

beforeAll(async () => {
  for (const { config, display_name, group, name, summary_metrics, tags } of samples) {
    await server.run(
      name,
      { config, displayName: display_name, tags, ...(group !== null && { groupName: group }) },
      summary_metrics
    )
  }
})

/** What MongoDB's rules say, written down as plainly as possible. */
const valueOf = (sample: Sample, key: string): unknown => {
  const direct: Readonly<Record<string, unknown>> = { ...sample }
  if (Object.hasOwn(direct, key)) return direct[key] ?? undefined
  const path = key.replace(/^config\.(\w+)\.value/, "config.$1").split(".")
  return path.reduce<unknown>(
    (value, part) =>
      typeof value === "object" && value !== null && Object.hasOwn(value, part)
        ? (value as Record<string, unknown>)[part]
        : undefined,
    sample
  )
}

const some = (value: unknown, test: (one: unknown) => boolean): boolean =>
  Array.isArray(value) ? value.some(test) : value !== undefined && test(value)

const isSameKind = (a: unknown, b: unknown): boolean => typeof a === typeof b && typeof a !== "boolean"

const passes = (value: unknown, operator: string, operand: never): boolean => {
  const isEmpty = value === undefined || (Array.isArray(value) && value.length === 0)
  switch (operator) {
    case "$eq":
      return operand === null ? isEmpty : some(value, (one) => one === operand)
    case "$ne":
      return !passes(value, "$eq", operand)
    case "$in":
      return (operand as ReadonlyArray<never>).some((one) => passes(value, "$eq", one))
    case "$nin":
      return !passes(value, "$in", operand)
    case "$exists":
      return !isEmpty === operand
    case "$regex":
      return some(value, (one) => typeof one === "string" && new RegExp(operand).test(one))
    case "$not":
      return !Object.entries(operand as object).every(([inner, one]) => passes(value, inner, one as never))
    case "$gt":
      return some(value, (one) => isSameKind(one, operand) && (one as never) > operand)
    case "$gte":
      return some(value, (one) => isSameKind(one, operand) && (one as never) >= operand)
    case "$lt":
      return some(value, (one) => isSameKind(one, operand) && (one as never) < operand)
    default:
      return some(value, (one) => isSameKind(one, operand) && (one as never) <= operand)
  }
}

const matches = (sample: Sample, filter: object): boolean =>
  Object.entries(filter).every(([key, value]) => {
    if (key === "$and") return value.every((one: object) => matches(sample, one))
    if (key === "$or") return value.some((one: object) => matches(sample, one))
    if (key === "$nor") return !value.some((one: object) => matches(sample, one))
    if (key === "$not") return !matches(sample, value)
    const found = valueOf(sample, key)
    if (typeof value !== "object" || value === null) return passes(found, "$eq", value as never)
    return Object.entries(value).every(([operator, operand]) => passes(found, operator, operand as never))
  })

const number = fc.constantFrom(-2, -1, 0, 0.1, 0.2, 0.3, 1, 2, 7)
const text = fc.constantFrom("a", "b", "ab", "x", "y", "z", "g1", "g2", "Alpha", "beta", "relu", "good", "r07")
const scalar = fc.oneof(number, text, fc.boolean(), fc.constant(null))
const pattern = fc.constantFrom("^a", "b$", "[Aa]l", "x|y", "^r0[0-5]$", "o+")
const operatorOn = (value: fc.Arbitrary<unknown>) =>
  fc.oneof(
    fc.record({ operator: fc.constantFrom("$eq", "$ne"), operand: value }),
    fc.record({ operator: fc.constantFrom("$in", "$nin"), operand: fc.array(value, { maxLength: 3 }) }),
    fc.record({ operator: fc.constant("$exists"), operand: fc.boolean() }),
    fc.record({ operator: fc.constant("$regex"), operand: pattern })
  )
/** Own texts are compared as texts. */
const ownScalar = fc.oneof(text, fc.constant(null))
/** A logged truth value is a number, so `true` finds 1 there. */
const summaryScalar = fc.oneof(number, text, fc.constant(null))
const ordering = fc.record({ operator: fc.constantFrom("$gt", "$gte", "$lt", "$lte"), operand: fc.oneof(number, text) })
const textField = fc.constantFrom("name", "display_name", "group", "tags")
const summaryField = fc.constantFrom("summary_metrics.loss", "summary_metrics.note")
const configField = fc.constantFrom(
  "config.lr",
  "config.lr.value",
  "config.kind",
  "config.flag.value",
  "config.net.value.depth",
  "config.net.act",
  "config.absent"
)
type One = { readonly operator: string; readonly operand: unknown }
const asTest = ({ operand, operator }: One) => ({ [operator]: operand })
const negated = (one: One) => ({ $not: asTest(one) })
const test = (of: fc.Arbitrary<One>) =>
  fc.oneof(
    { weight: 3, arbitrary: of.map(asTest) },
    of.map(negated),
    fc.tuple(of, of).map(([a, b]) => ({ ...asTest(a), ...asTest(b) }))
  )
const named = (name: fc.Arbitrary<string>, value: fc.Arbitrary<unknown>) =>
  fc.tuple(name, value).map(([key, one]) => ({ [key]: one }))
const field = fc.oneof(
  named(textField, test(operatorOn(ownScalar))),
  named(configField, fc.oneof(scalar, test(fc.oneof(operatorOn(scalar), ordering)))),
  named(summaryField, fc.oneof(summaryScalar, test(fc.oneof(operatorOn(summaryScalar), ordering))))
)
const { filter } = fc.letrec<{ filter: object }>((tie) => ({
  filter: fc.oneof(
    { depthSize: "small", withCrossShrink: true },
    field,
    fc.tuple(field, field).map(([a, b]) => ({ ...a, ...b })),
    fc.record({ $and: fc.array(tie("filter"), { minLength: 1, maxLength: 3 }) }),
    fc.record({ $or: fc.array(tie("filter"), { minLength: 1, maxLength: 3 }) }),
    fc.record({ $nor: fc.array(tie("filter"), { minLength: 1, maxLength: 2 }) })
  )
}))

describe("filters of the public API", () => {
  it("find the runs that MongoDB's rules find", async () => {
    await fc.assert(
      fc.asyncProperty(filter, async (one) => {
        const expected = samples.filter((sample) => matches(sample, one)).map(({ name }) => name)
        expect(await server.names(one, { perPage: 100 })).toEqual(expected)
      }),
      { numRuns: 100 * runs }
    )
  })

  it("match all runs when they say nothing", async () => {
    expect(await server.names({}, { perPage: 100 })).toHaveLength(samples.length)
  })

  it("find runs by their sweep, also while it gets more of them between two pages", async () => {
    for (const name of ["s1", "s2", "s3"]) await server.run(name, { sweep: "abcd1234" })
    const first = await server.ask("Runs", { filters: '{"$and":[{"sweep":"abcd1234"}]}', perPage: 2 })
    expect(first.project.runCount).toBe(3)
    expect(first.project.runs.pageInfo.hasNextPage).toBe(true)
    await server.run("s4", { sweep: "abcd1234" })
    const cursor = first.project.runs.edges.at(-1).cursor
    const second = await server.names({ $and: [{ sweep: "abcd1234" }] }, { perPage: 2, cursor })
    expect(second).toEqual(["s3", "s4"])
    expect(await server.names({ sweep: { $ne: "abcd1234" }, name: { $regex: "^s" } })).toEqual([])
    expect(await server.names({ sweep: "other" })).toEqual([])
  })

  it.each([
    [{ nonsense: 1 }, /filters\.nonsense: "nonsense" is no field/],
    [{ "config.a": { $foo: 1 } }, /filters\.config\.a\.\$foo: \$foo is no operator/],
    [{ $xor: [] }, /filters\.\$xor: \$xor is no operator/],
    [{ $and: 1 }, /filters\.\$and: must be a list of filters/],
    [{ $or: [1] }, /filters\.\$or\[0\]: must be an object/],
    [{ "config.a": { $in: 1 } }, /\$in: must be a list/],
    [{ display_name: { $regex: "(" } }, /pattern/],
    [{ created_at: "yesterday" }, /ISO 8601/],
    [{ sweep: { $regex: "a" } }, /sweeps are compared/]
  ])("name the place and the rule that %j breaks", async (one, rule) => {
    await expect(server.names(one)).rejects.toThrow(rule)
  })

  it("refuse what nests without end", async () => {
    const deep = Array.from({ length: 500 }).reduce<object>((inner) => ({ $and: [inner] }), { name: "a" })
    await expect(server.names(deep)).rejects.toThrow(/nest/)
  })
})

describe("orders of the public API", () => {
  it.each([
    "+summary_metrics.loss",
    "-config.lr.value",
    "-display_name,+name",
    "+config.net.depth,-summary_metrics.loss"
  ])("%s: pages of any size follow each other, missing values last", async (order) => {
    const keys = order.split(",").map((part) => ({ key: part.slice(1), sign: part.startsWith("-") ? -1 : 1 }))
    const sorted = [...samples].sort((a, b) => {
      for (const { key, sign } of keys) {
        const [x, y] = [valueOf(a, key), valueOf(b, key)]
        if (x === undefined && y === undefined) continue
        if (x === undefined || y === undefined) return x === undefined ? 1 : -1
        if ((x as number) < (y as number)) return -sign
        if ((x as number) > (y as number)) return sign
      }
      return (a.name < b.name ? -1 : 1) * keys[0]!.sign
    })
    const found: Array<string> = []
    for (let cursor: string | null = null; ; ) {
      const { project } = await server.ask("Runs", {
        filters: '{"name":{"$regex":"^r"}}',
        order,
        perPage: 7,
        cursor
      })
      found.push(...project.runs.edges.map((edge: { node: { name: string } }) => edge.node.name))
      if (!project.runs.pageInfo.hasNextPage) break
      cursor = project.runs.edges.at(-1).cursor
    }
    expect(found).toEqual(sorted.map(({ name }) => name))
  })

  it("refuse a cursor of another query", async () => {
    const { project } = await server.ask("Runs", { filters: "{}", perPage: 2 })
    const cursor = project.runs.edges.at(-1).cursor
    await expect(server.names({ name: "r01" }, { cursor })).rejects.toThrow(/cursor/)
  })
})
