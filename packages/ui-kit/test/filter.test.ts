import fc from "fast-check"
import { expect, test } from "vitest"
import { parseFilter } from "../src/filter/parseFilter.ts"

const filterOf = (text: string) => {
  const parsed = parseFilter(text)
  return parsed.ok ? parsed.filter : `${parsed.position}: ${parsed.message}`
}

test("terms side by side mean AND, lists mean in, a minus negates", () => {
  expect(filterOf("state:running,finished config.lr<0.01 -tag:old")).toEqual({
    and: [
      { field: "state", op: "in", value: ["running", "finished"] },
      { field: "config.lr", op: "<", value: 0.01 },
      { not: { field: "tag", op: "=", value: "old" } }
    ]
  })
})

test("OR binds weaker than AND, and brackets group", () => {
  expect(filterOf("(group:a OR group:b) name~amber")).toEqual({
    and: [
      {
        or: [
          { field: "group", op: "=", value: "a" },
          { field: "group", op: "=", value: "b" }
        ]
      },
      { field: "name", op: "contains", value: "amber" }
    ]
  })
})

test("odd names stand in back-ticks, functions keep their brackets, patterns their slashes", () => {
  expect(filterOf("`my key`>=2")).toEqual({ field: "my key", op: ">=", value: 2 })
  expect(filterOf("min(loss)<0.1")).toEqual({ field: "min(loss)", op: "<", value: 0.1 })
  expect(filterOf("name:/^a.b$/")).toEqual({ field: "name", op: "matches", value: "^a.b$" })
  expect(filterOf("has:summary.loss")).toEqual({ field: "summary.loss", op: "exists" })
  expect(filterOf('notes="two words \\" quoted"')).toEqual({ field: "notes", op: "=", value: 'two words " quoted' })
})

test("spaces around an operator do not matter, and a bare word looks into the name", () => {
  expect(filterOf("lr < 0.01")).toEqual({ field: "lr", op: "<", value: 0.01 })
  expect(parseFilter("amber state:running")).toMatchObject({ ok: true, text: "name~amber state:running" })
})

test("a mistake is told with its place", () => {
  expect(filterOf("a>1 (b<2")).toBe('4: This "(" is never closed')
  expect(filterOf("a>1 )")).toBe('4: A ")" has no matching "("')
  expect(filterOf("state:")).toBe('6: A value must follow ":"')
  expect(filterOf('name="open')).toBe("5: This quote is never closed")
  expect(filterOf("name:/(/")).toBe("5: This is not a regular expression")
})

test("no text throws, and a mistake lies within the text", () => {
  fc.assert(
    fc.property(fc.string({ maxLength: 60, unit: fc.constantFrom(...'ab:<>=~-()"`/,. OR1') }), (text) => {
      const parsed = parseFilter(text)
      if (!parsed.ok) expect(parsed.position).toBeLessThanOrEqual(text.length)
    }),
    { numRuns: 100 }
  )
})
