import { describe, expect, it } from "vitest"
import { openText, signText } from "../../src/auth/SignedText.ts"
import { Tokens } from "../../src/auth/Tokens.ts"

describe("embed tokens", () => {
  let now = 1_000_000
  const tokens = new Tokens(["current", "previous"], () => now)

  it("stand for a principal until they run out", () => {
    now = 1_000_000
    const token = tokens.mint({
      principal: { id: "ada" },
      projects: ["p"],
      expiresIn: 60,
      origins: ["https://a.example"]
    })
    expect(tokens.readEmbedToken(token)).toMatchObject({
      principal: {
        id: "ada",
        role: "viewer",
        via: "token",
        projects: ["p"],
        actions: ["project.read", "run.read", "file.read"]
      },
      origins: ["https://a.example"]
    })
    now += 60_000
    expect(tokens.readEmbedToken(token)).toBeNull()
  })

  it("of the previous secret still hold, of another do not", () => {
    now = 1_000_000
    const options = { principal: { id: "ada" } }
    const older = new Tokens(["previous"], () => now).mint(options)
    const foreign = new Tokens(["stolen"], () => now).mint(options)
    expect(tokens.readEmbedToken(older)).not.toBeNull()
    expect(tokens.readEmbedToken(foreign)).toBeNull()
  })

  it("that were changed, cut or are a session do not hold", () => {
    now = 1_000_000
    const token = tokens.mint({ principal: { id: "ada" } })
    const session = tokens.openSession({ id: "ada", name: "Ada", role: "admin", via: "key" })
    const changed = `${token.slice(0, 10)}${token[10] === "A" ? "B" : "A"}${token.slice(11)}`
    for (const text of [changed, token.slice(0, -2), "", "wle_", "wle_.", session, session.replace("wls_", "wle_")]) {
      expect(tokens.readEmbedToken(text), text).toBeNull()
    }
    expect(tokens.readSession(session)?.principal.via).toBe("cookie")
  })

  it("are not minted for odd times or unknown actions", () => {
    expect(() => tokens.mint({ principal: { id: "a" }, expiresIn: 0 })).toThrow(RangeError)
    expect(() => tokens.mint({ principal: { id: "a" }, expiresIn: 90_000 })).toThrow(RangeError)
    expect(() => tokens.mint({ principal: { id: "a" }, actions: ["all" as never] })).toThrow(/not an action/)
  })

  it("keep their bytes through signing", () => {
    const value = { text: "ü 😀", list: [1, null] }
    expect(openText(["s"], "x_", signText(["s"], "x_", value))).toEqual(value)
  })
})
