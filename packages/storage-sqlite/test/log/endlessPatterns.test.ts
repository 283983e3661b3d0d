import { expect, it } from "vitest"
import { EndlessPatterns } from "../../src/log/EndlessPatterns.ts"

it("an expression that did not end is not tried again for ten seconds, and others are", () => {
  let now = 0
  const patterns = new EndlessPatterns(() => now)
  patterns.note("(a+)+$")
  expect([patterns.has("(a+)+$"), patterns.has("a")]).toEqual([true, false])
  now = 9_999
  expect(patterns.has("(a+)+$")).toBe(true)
  now = 10_000
  expect(patterns.has("(a+)+$")).toBe(false)
})

it("no number of them fills the memory", () => {
  const patterns = new EndlessPatterns(() => 0)
  for (let i = 0; i < 1000; i++) patterns.note(`p${i}`)
  expect([patterns.has("p0"), patterns.has("p999")]).toEqual([false, true])
})
