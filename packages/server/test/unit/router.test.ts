import { describe, expect, it } from "vitest"
import { allRoutes } from "../../src/route/allRoutes.ts"
import { Router } from "../../src/route/Router.ts"

const router = new Router(allRoutes)

describe("the router", () => {
  it("finds every declared route by its own path", () => {
    for (const route of allRoutes) {
      const path = route.path.replace(/\{\w+\.\.\.\}/, "a/b").replace(/\{\w+\}/g, "x")
      const match = router.match(route.method, path)
      expect(match.kind === "found" && match.route.id, `${route.method} ${route.path}`).toBe(route.id)
    }
  })

  it("gives parameters decoded, and a file's whole path", () => {
    const match = router.match("GET", "/runs/local:demo:first/files/a%20b/c.txt")
    expect(match).toMatchObject({ params: { run: "local:demo:first", path: "a b/c.txt" } })
  })

  it("answers HEAD where it answers GET, and names the methods of an address", () => {
    expect(router.match("HEAD", "/runs/x").kind).toBe("found")
    expect(router.match("PUT", "/runs/x")).toEqual({
      kind: "wrongMethod",
      allow: ["GET", "PATCH", "DELETE", "HEAD", "OPTIONS"]
    })
  })

  it("finds nothing beside its addresses", () => {
    for (const path of ["/", "/run", "/runs", "/runs/", "/runs//metrics", "/runs/x/metrics/y", "/runs/x/files/"]) {
      expect(router.match("GET", path).kind, path).toBe("none")
    }
    expect(router.match("GET", "/runs/%E0%A4%A").kind).toBe("badEncoding")
  })

  it("has one route per method and address, each with its own id", () => {
    const ids = allRoutes.map(({ id }) => id)
    expect(new Set(ids).size).toBe(ids.length)
  })
})
