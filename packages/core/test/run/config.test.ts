import { assert, describe, it } from "@effect/vitest"
import { diffConfig, mergeConfig } from "@wanllmdb/core"
import type { Schema } from "effect"
import fc from "fast-check"
import { fuzzRuns } from "./arbitraryFilter.ts"

const config = fc
  .dictionary(fc.string({ maxLength: 3 }), fc.jsonValue({ maxDepth: 2 }), { maxKeys: 5 })
  .map((value): Schema.JsonObject => JSON.parse(JSON.stringify(value)))

describe("configs", () => {
  it("merge key by key, and everything but objects replaces", () => {
    const base = { a: { b: 1, c: [1, 2] }, d: null }
    const merged = mergeConfig(base, { a: { c: [3], e: true }, d: { f: 1 } })
    assert.deepStrictEqual(merged, { a: { b: 1, c: [3], e: true }, d: { f: 1 } })
    assert.deepStrictEqual(base, { a: { b: 1, c: [1, 2] }, d: null })
  })

  it("a key named __proto__ stays a key", () => {
    const hostile = JSON.parse('{ "__proto__": { "polluted": 1 }, "constructor": { "prototype": 2 } }')
    const merged = mergeConfig({ a: 1 }, hostile)
    assert.isTrue(Object.hasOwn(merged, "__proto__"))
    assert.isUndefined(({} as { polluted?: number }).polluted)
    assert.strictEqual(mergeConfig(merged, hostile), merged)
  })

  it("merging a config into itself or nothing into it is no change", () => {
    fc.assert(
      fc.property(config, (one) => {
        assert.strictEqual(mergeConfig(one, structuredClone(one)), one)
        assert.strictEqual(mergeConfig(one, {}), one)
        assert.deepStrictEqual(diffConfig(one, structuredClone(one)), [])
      }),
      { numRuns: fuzzRuns(100) }
    )
  })

  it("a diff names each key that differs, with both sides", () => {
    assert.deepStrictEqual(diffConfig({ a: { b: 1, gone: [1] }, same: "x" }, { a: { b: 2 }, same: "x", new: null }), [
      { key: "a.b", before: 1, after: 2 },
      { key: "a.gone", before: [1] },
      { key: "new", after: null }
    ])
  })
})
