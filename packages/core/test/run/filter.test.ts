import { assert, describe, it } from "@effect/vitest"
import { InvalidInput, parseFilter, printFilter, RunFilter } from "@wanllmdb/core"
import { Schema } from "effect"
import fc from "fast-check"
import { compileFilter } from "../../src/run/search/filter/compileFilter.ts"
import { LinearPattern, PatternFault } from "../../src/run/search/filter/LinearPattern.ts"
import { arbitraryFilter, fuzzRuns } from "./arbitraryFilter.ts"

const parsed = (text: string) => {
  const filter = parseFilter(text)
  assert.isFalse(filter instanceof InvalidInput, String(filter))
  return filter
}

const faultOf = (text: string) => {
  const filter = parseFilter(text)
  assert.isTrue(filter instanceof InvalidInput, `${text} was accepted`)
  return (filter as InvalidInput).faults[0]!
}

describe("the text syntax of run filters", () => {
  it("reads every form of the docs", () => {
    const text =
      "state:running,finished config.lr<0.01 val/acc>=0.9 tag:baseline -tag:old name~amber created>2026-11-01 (group:a OR group:b)"
    assert.deepStrictEqual(parsed(text), {
      and: [
        { field: "state", op: "in", value: ["running", "finished"] },
        { field: "config.lr", op: "<", value: 0.01 },
        { field: "val/acc", op: ">=", value: 0.9 },
        { field: "tag", op: "=", value: "baseline" },
        { not: { field: "tag", op: "=", value: "old" } },
        { field: "name", op: "contains", value: "amber" },
        { field: "created", op: ">", value: "2026-11-01" },
        {
          or: [
            { field: "group", op: "=", value: "a" },
            { field: "group", op: "=", value: "b" }
          ]
        }
      ]
    })
  })

  it("reads figures, odd names, patterns, presence, quotes and bare words", () => {
    assert.deepStrictEqual(parsed("min(val/loss)<0.5"), { field: "min(val/loss)", op: "<", value: 0.5 })
    assert.deepStrictEqual(parsed("max(`a b`)>1"), { field: "max(a b)", op: ">", value: 1 })
    assert.deepStrictEqual(parsed("config.`my key`=3"), { field: "config.my key", op: "=", value: 3 })
    assert.deepStrictEqual(parsed("`a``b`!=true"), { field: "a`b", op: "!=", value: true })
    assert.deepStrictEqual(parsed("name~/^am.+\\/x/i"), { field: "name", op: "matches", value: "(?i)^am.+/x" })
    assert.deepStrictEqual(parsed("slug:/a b/"), { field: "slug", op: "matches", value: "a b" })
    assert.deepStrictEqual(parsed("has:config.lr"), { field: "config.lr", op: "exists" })
    assert.deepStrictEqual(parsed(`notes~"it's \\"so\\""`), { field: "notes", op: "contains", value: `it's "so"` })
    assert.deepStrictEqual(parsed("config.v~1.50"), { field: "config.v", op: "contains", value: "1.50" })
    assert.deepStrictEqual(parsed("name=12"), { field: "name", op: "=", value: "12" })
    assert.deepStrictEqual(parsed("config.lr < 1e-3"), { field: "config.lr", op: "<", value: 0.001 })
    assert.deepStrictEqual(parsed("amber"), { field: "name", op: "contains", value: "amber" })
    assert.deepStrictEqual(parsed("NOT (a:1 AND b:2)"), {
      not: {
        and: [
          { field: "a", op: "=", value: 1 },
          { field: "b", op: "=", value: 2 }
        ]
      }
    })
    assert.deepStrictEqual(parsed("  "), { and: [] })
  })

  it("names the place of a fault", () => {
    assert.match(faultOf("state:running (group:a").rule, /closed by a parenthesis \(character 15\)/)
    assert.match(faultOf("a:1 )").rule, /closing parenthesis.*\(character 5\)/)
    assert.match(faultOf("config.lr<").rule, /must have a value here \(character 11\)/)
    assert.match(faultOf("config.lr<1,2").rule, /must have one value after < \(character 11\)/)
    assert.match(faultOf('name:"abc').rule, /closed by the same quote \(character 6\)/)
    assert.match(faultOf("`abc").rule, /closed by a back-tick \(character 1\)/)
    assert.match(faultOf("has:").rule, /must have a field after has/)
    assert.match(faultOf("=3").rule, /must have a field here \(character 1\)/)
    assert.match(faultOf("()").rule, /must have a term/)
    assert.match(faultOf("a:1 OR").rule, /must have a field here \(character 7\)/)
    assert.match(faultOf("name~/a").rule, /closed by a slash/)
    assert.match(faultOf("(".repeat(5_000)).rule, /nest at most/)
    assert.match(faultOf("a ".repeat(40_000)).rule, /at most 65536 characters/)
  })

  it("never throws, whatever the text", () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.stringMatching(/^[a-z:=<>~()"'`/, \-!]{0,40}$/)), (text) => {
        parseFilter(text)
      }),
      { numRuns: fuzzRuns(300) }
    )
  })

  it("prints a tree as text that reads back as the same tree", () => {
    fc.assert(
      fc.property(arbitraryFilter, (filter) => {
        const text = printFilter(filter)
        assert.deepStrictEqual(parsed(text), filter, text)
      }),
      { numRuns: fuzzRuns(300) }
    )
  })
})

describe("filter trees", () => {
  const faultIn = (filter: RunFilter) => {
    const plan = compileFilter(filter)
    assert.isTrue(plan instanceof InvalidInput)
    return (plan as InvalidInput).faults[0]!
  }

  it("are refused with the path of what breaks a rule", () => {
    const test = { field: "created", op: ">", value: "yesterday" } as const
    assert.strictEqual(faultIn({ and: [{ not: test }] }).path, "filter.and[0].not.value")
    assert.match(faultIn(test).rule, /ISO 8601/)
    assert.match(faultIn({ field: "duration", op: ">", value: "long" }).rule, /seconds/)
    assert.match(faultIn({ field: "a", op: "in", value: 3 }).rule, /list/)
    assert.match(faultIn({ field: "a", op: "=" }).rule, /string, number or boolean/)
    assert.match(faultIn({ field: "a", op: "=", value: { b: 1 } }).got, /an object/)
    assert.match(faultIn({ field: "a", op: "matches", value: "(" }).rule, /close every group/)
    assert.match(faultIn({ field: "tag", op: "<", value: "a" }).rule, /no order/)
    assert.match(faultIn({ field: "config.", op: "exists" }).rule, /name a field/)
    let deep: RunFilter = { field: "a", op: "exists" }
    for (let depth = 0; depth < 100; depth++) deep = { not: deep }
    assert.match(faultIn(deep).rule, /nest at most/)
  })

  it("decode from JSON and refuse what is none", () => {
    const decode = Schema.decodeUnknownExit(RunFilter)
    assert.strictEqual(decode({ or: [{ field: "a", op: "=", value: 1 }] })._tag, "Success")
    assert.strictEqual(decode({ field: "a", op: "like", value: 1 })._tag, "Failure")
  })
})

describe("patterns", () => {
  const atom = fc.constantFrom("a", "b", ".", "\\d", "[ab]", "[^a]", "\\w", "x", "^", "$", "\\b", "[a-c]", "\\.")
  const pattern: fc.Arbitrary<string> = fc.letrec<{ node: string }>((tie) => ({
    node: fc.oneof(
      { depthSize: "small", withCrossShrink: true },
      atom,
      fc.tuple(tie("node"), tie("node")).map(([a, b]) => a + b),
      fc.tuple(tie("node"), tie("node")).map(([a, b]) => `(?:${a}|${b})`),
      fc.tuple(tie("node"), fc.constantFrom("*", "+", "?", "{2}", "{1,3}", "*?")).map(([a, q]) => `(?:${a})${q}`)
    )
  })).node

  it("match exactly what JavaScript's own expressions match", () => {
    fc.assert(
      fc.property(pattern, fc.stringMatching(/^[abcx1. ]{0,12}$/), fc.boolean(), (source, text, insensitive) => {
        const ours = new LinearPattern(insensitive ? `(?i)${source}` : source)
        assert.strictEqual(ours.test(text), new RegExp(source, insensitive ? "i" : "").test(text), source)
      }),
      { numRuns: fuzzRuns(1_000) }
    )
  })

  it("stay linear where backtracking would not end", () => {
    assert.isFalse(new LinearPattern("^(a+)+$").test(`${"a".repeat(5_000)}b`))
    assert.isFalse(new LinearPattern("(.*)*(.*)*x").test("a".repeat(3_000)))
  })

  it("refuse what cannot run in linear time or space", () => {
    for (const source of [
      "(?=a)",
      "(a)\\1",
      "a{1,9999}{1,9999}",
      "(?<n>a)",
      "[",
      "a)",
      "*",
      "\\",
      `a{9999}`,
      "((){9999}){9999}",
      "((((){99}){99}){99}){99}"
    ]) {
      assert.throws(() => new LinearPattern(source), undefined, undefined, source)
      try {
        new LinearPattern(source)
      } catch (fault) {
        assert.isTrue(fault instanceof PatternFault, source)
      }
    }
  })
})
