import { expect, test } from "vitest"
import { filterMistake } from "../src/filter/filterMistake.ts"

test("a filter that the server will take has no mistake", async () => {
  for (const text of ["", "  ", "amber", 'state:running,finished (lr<0.01 OR -tag:"a b") name:/^a.b$/i'])
    expect(await filterMistake(text)).toBe(null)
})

test("a mistake is told with its place, a wrong pattern too", async () => {
  expect(await filterMistake("a>1 (b<2")).toEqual({ position: 4, message: "must be closed by a parenthesis" })
  expect(await filterMistake("state:")).toEqual({ position: 6, message: "must have a value here" })
  expect(await filterMistake("x:1 name:/(/")).toEqual({ position: 9, message: "pattern must close every group" })
})
