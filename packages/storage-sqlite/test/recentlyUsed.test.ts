import { strictEqual } from "node:assert/strict"
import { describe, it } from "vitest"
import { RecentlyUsed } from "../src/metric/read/RecentlyUsed.ts"

describe("what was used last", () => {
  it("stays, and what was not used the longest goes first", () => {
    const kept = new RecentlyUsed<string>(30)
    kept.add(1, "a", 10)
    kept.add(2, "b", 10)
    kept.add(3, "c", 10)
    strictEqual(kept.get(1), "a")
    kept.add(4, "d", 10)
    strictEqual(kept.get(2), undefined)
    strictEqual(kept.get(1), "a")
    kept.add(5, "e", 25)
    strictEqual(kept.get(3) ?? kept.get(4) ?? kept.get(1), undefined)
    strictEqual(kept.get(5), "e")
  })

  it("leaves out what is larger than the room for all", () => {
    const kept = new RecentlyUsed<string>(30)
    kept.add(1, "a", 10)
    kept.add(2, "b", 31)
    strictEqual(kept.get(2), undefined)
    strictEqual(kept.get(1), "a")
  })
})
