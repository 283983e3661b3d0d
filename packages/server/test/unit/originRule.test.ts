import { describe, expect, it } from "vitest"
import { hostName, isLoopbackAddress, isLoopbackHost, whyNotLocal } from "../../src/auth/loopback.ts"
import { whyCookieRefused, whyForeign } from "../../src/auth/originRule.ts"

const request = (headers: Record<string, string>, method = "GET", path = "/api/v1/projects") => ({
  method,
  path,
  peer: "127.0.0.1",
  header: (name: string) => headers[name] ?? null
})

describe("the origin rule", () => {
  const trusted = ["https://app.example.com"]

  it("lets programs through, which send neither header", () => {
    expect(whyForeign(request({ host: "localhost:8080" }), trusted)).toBeNull()
  })

  it("lets pages of its own host and trusted pages through", () => {
    const host = "ml.example.com"
    expect(
      whyForeign(request({ host, origin: "https://ml.example.com", "sec-fetch-site": "same-origin" }), [])
    ).toBeNull()
    expect(whyForeign(request({ host: `${host}:443`, origin: "https://ml.example.com" }), [])).toBeNull()
    expect(whyForeign(request({ host, origin: trusted[0]!, "sec-fetch-site": "cross-site" }), trusted)).toBeNull()
  })

  it.each([
    [{ host: "localhost", origin: "null" }],
    [{ host: "localhost", origin: "https://evil.example" }],
    [{ host: "localhost:8080", origin: "http://localhost:8081" }],
    [{ host: "localhost", origin: "not an address" }],
    [{ host: "localhost", "sec-fetch-site": "cross-site" }],
    [{ host: "localhost", "sec-fetch-site": "cross-site", "sec-fetch-mode": "navigate", "sec-fetch-dest": "iframe" }],
    [{ origin: "http://localhost" }]
  ])("refuses %j", (headers) => {
    expect(whyForeign(request(headers as unknown as Record<string, string>), trusted)).not.toBeNull()
  })

  it("takes no name for loopback that only begins like one, and nothing that a proxy marked as local", () => {
    for (const host of ["[::1].evil.example", "[::1]evil", "127.0.0.1.evil.example", "localhost.evil.example"]) {
      expect(isLoopbackHost(host)).toBe(false)
    }
    expect(isLoopbackHost("[::1]:8080")).toBe(true)
    for (const name of ["x-forwarded-user", "x-forwarded-ssl", "x-forwarded-scheme", "via", "forwarded"]) {
      expect(whyNotLocal(request({ host: "localhost", [name]: "x" }))).toContain(name)
    }
  })

  it("lets a person follow a link to a page, and to no API route", () => {
    const link = {
      host: "h",
      "sec-fetch-site": "cross-site",
      "sec-fetch-mode": "navigate",
      "sec-fetch-dest": "document"
    }
    expect(whyForeign(request(link, "GET", "/local/demo"), [])).toBeNull()
    expect(whyForeign(request(link, "POST", "/local/demo"), [])).not.toBeNull()
    expect(whyForeign(request(link, "GET", "/api/v1/projects"), [])).not.toBeNull()
  })

  it("asks a change by cookie where it comes from", () => {
    expect(whyCookieRefused(request({}, "POST"))).not.toBeNull()
    expect(whyCookieRefused(request({ origin: "http://h" }, "POST"))).toBeNull()
    expect(whyCookieRefused(request({}, "GET"))).toBeNull()
  })
})

describe("local mode", () => {
  it("knows loopback addresses and names", () => {
    expect(["127.0.0.1", "127.9.9.9", "::1", "::ffff:127.0.0.1"].every(isLoopbackAddress)).toBe(true)
    expect(["10.0.0.1", "127.0.0.1.evil", "::2"].some(isLoopbackAddress)).toBe(false)
    expect(["localhost", "localhost:80", "127.0.0.1:9", "[::1]:80", "a.localhost"].every(isLoopbackHost)).toBe(true)
    expect(["evil.example", "localhost.evil.example", "10.0.0.1"].some(isLoopbackHost)).toBe(false)
    expect(hostName("[::1]:80")).toBe("[::1]")
  })

  it.each([
    ["x-forwarded-for", "1.2.3.4"],
    ["forwarded", "for=1.2.3.4"],
    ["via", "1.1 proxy"],
    ["x-forwarded-host", "evil"]
  ])("does not take a request with %s for the local user", (name, value) => {
    expect(whyNotLocal(request({ host: "localhost" }))).toBeNull()
    expect(whyNotLocal(request({ host: "localhost", [name]: value }))).toContain(name)
  })

  it("wants to know where a request comes from", () => {
    expect(whyNotLocal({ ...request({ host: "localhost" }), peer: null })).not.toBeNull()
    expect(whyNotLocal({ ...request({ host: "localhost" }), peer: "192.168.1.2" })).not.toBeNull()
    expect(whyNotLocal(request({ host: "evil.example" }))).not.toBeNull()
  })
})
