import { expect, test } from "vitest"
import { pageOf, pathOf } from "../src/web/routes.ts"

test("the addresses of the docs open their pages, W&B's endings the nearest", () => {
  expect(pageOf("", "")).toEqual({ kind: "projects" })
  expect(pageOf("vision/digits", "")).toMatchObject({ kind: "project", entity: "vision", project: "digits" })
  expect(pageOf("vision/digits/workspace", "")).toMatchObject({ kind: "project" })
  expect(pageOf("vision/digits/runs/a%20b", "")).toMatchObject({ kind: "run", run: "a b", tab: "overview" })
  expect(pageOf("vision/digits/runs/a/workspace", "")).toMatchObject({ tab: "charts" })
  expect(pageOf("vision/digits/compare", "?runs=a,b")).toMatchObject({ kind: "compare", runs: ["a", "b"] })
  expect(pageOf("settings", "")).toEqual({ kind: "settings" })
  expect(pageOf("nobody", "")).toEqual({ kind: "lost", path: "nobody" })
  expect(pageOf("%E0%A4%A/x", "")).toMatchObject({ kind: "project", entity: "%E0%A4%A" })
})

test("what a page is called leads back to it", () => {
  const run = { kind: "run", entity: "a b", project: "c/d", run: "é", tab: "logs" } as const
  expect(pageOf(pathOf(run), "")).toEqual(run)
  const compare = { kind: "compare", entity: "e", project: "p", runs: ["x", "y"] } as const
  const [path, query] = pathOf(compare).split("?")
  expect(pageOf(path!, `?${query}`)).toEqual(compare)
})
