import { createServer } from "node:http"
import { describe, expect, it } from "vitest"
import { addressOf, listen } from "../src/serve/listen.ts"

const close = (server: ReturnType<typeof createServer>): Promise<unknown> =>
  new Promise((resolve) => server.close(resolve))

describe("listening", () => {
  it("goes to the next free port when none is asked for", async () => {
    const [a, b] = [createServer(), createServer()]
    const first = await listen(a, "127.0.0.1", null)
    const second = await listen(b, "127.0.0.1", null)
    expect(first).toBeGreaterThanOrEqual(8080)
    expect(second).toBeGreaterThan(first)
    await Promise.all([close(a), close(b)])
  })

  it("fails when the port asked for is taken", async () => {
    const [a, b] = [createServer(), createServer()]
    const port = await listen(a, "127.0.0.1", 0)
    await expect(listen(b, "127.0.0.1", port)).rejects.toThrow(`port ${port} of 127.0.0.1 is taken`)
    await close(a)
  })

  it("writes addresses as a browser takes them", () => {
    expect(addressOf("::1", 80, "/ml")).toBe("http://[::1]:80/ml")
    expect(addressOf("127.0.0.1", 8080, "")).toBe("http://127.0.0.1:8080")
  })
})
