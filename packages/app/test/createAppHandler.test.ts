import { gzipSync } from "node:zlib"
import { expect, test } from "vitest"
import { appHandler } from "../src/appHandler.ts"
import { createAppHandler } from "../src/index.ts"

const script = "assets/index-abc.js"
const source = "export const answer = 42\n".repeat(50)
const index = `<!doctype html><html><head>\n<script type="module" src="./${script}"></script></head></html>`
const assets = new Map([
  [
    "index.html",
    { type: "text/html", etag: "a", sizeBytes: index.length, gzip: false, body: btoa(index), text: index }
  ],
  [
    script,
    {
      type: "text/javascript",
      etag: "b",
      sizeBytes: source.length,
      gzip: true,
      body: gzipSync(source).toString("base64")
    }
  ]
])

const get = (path: string, headers: Record<string, string> = {}, options = {}) =>
  appHandler(assets, options)(new Request(`http://localhost${path}`, { headers }))

test("routes of the API and of other protocols are left to others, and so is everything but reading", () => {
  for (const path of [
    "/api/v1/projects",
    "/graphql",
    "/health",
    "/files/a/b",
    "/metrics",
    "/ready",
    "/assets/none.js"
  ]) {
    expect(get(path)).toBe(null)
  }
  expect(createAppHandler()(new Request("http://localhost/", { method: "POST" }))).toBe(null)
})

test("a path cannot leave the app: what is no file of it is a page", async () => {
  const answer = get("/..%2f..%2fetc%2fpasswd")
  expect(answer!.status).toBe(404)
  expect(await answer!.text()).not.toContain("root:")
})

test("an app that is not built says how to build it", async () => {
  const answer = appHandler(new Map(), {})(new Request("http://localhost/"))!
  expect([answer.status, await answer.text()]).toEqual([503, expect.stringContaining("npm run build")])
})

test("the packaged handler answers pages whether or not its files are there", () => {
  expect([200, 503]).toContain(createAppHandler()(new Request("http://localhost/"))!.status)
})

test("pages carry a relative base, so any mount works", async () => {
  const baseOf = async (path: string, options = {}) =>
    /<base href="([^"]*)">/.exec(await get(path, {}, options)!.text())?.[1]
  expect(await baseOf("/")).toBe("./")
  expect(await baseOf("/vision/digits")).toBe("../")
  expect(await baseOf("/vision/digits/runs/a/logs")).toBe("../../../../")
  expect(await baseOf("/ml/vision/digits", { basePath: "/ml" })).toBe("../")
  expect(await baseOf("/ml", { basePath: "/ml" })).toBe("./ml/")
})

test("pages have a strict policy, files with a hash are kept for ever and come packed or plain", async () => {
  const page = get("/")!
  expect(page.headers.get("content-security-policy")).toContain("script-src 'self'")
  const text = await page.text()
  expect(text).not.toMatch(/<script>|<style>| style=/)
  const plain = get(`/${script}`)!
  const packed = get(`/${script}`, { "accept-encoding": "br, gzip" })!
  expect(plain.headers.get("cache-control")).toContain("immutable")
  expect(packed.headers.get("content-encoding")).toBe("gzip")
  const unpacked = await new Response(packed.body!.pipeThrough(new DecompressionStream("gzip"))).text()
  expect(await plain.text()).toBe(unpacked)
  expect(get(`/${script}`, { "if-none-match": plain.headers.get("etag")! })!.status).toBe(304)
  expect(get("/nowhere")!.status).toBe(404)
})
