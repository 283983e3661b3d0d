import { describe, expect, it } from "vitest"
import { maskedCommand, maskSecrets } from "../src/index.ts"

describe("captured text", () => {
  it.each([
    ["https://user:hunter2@github.com/a/b.git", "hunter2"],
    ["git@github.com:a/b.git https://ghp_abcdefghijklmnopqrstuvwx@github.com/a", "ghp_abcdefghijklmnopqrstuvwx"],
    ["postgres://me:pa%40ss@db:5432/x", "pa%40ss"],
    ["curl -H 'Authorization: Bearer abc.def.ghi12345'", "abc.def.ghi12345"],
    ["OPENAI_API_KEY=sk-proj-abcdefghijklmnop1234", "sk-proj-abcdefghijklmnop1234"],
    ["aws AKIAABCDEFGHIJKLMNOP", "AKIAABCDEFGHIJKLMNOP"],
    ['+  "apiKey": "do-not-show-me",', "do-not-show-me"],
    ["+password: swordfish", "swordfish"],
    ["https://host/x?token=abcd1234&a=b", "abcd1234"],
    ["eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2lnbmF0dXJl", "eyJzdWIiOiIxIn0"],
    ["hf_abcdefghijklmnopqrstuvwxyz", "hf_abcdefghijklmnopqrstuvwxyz"]
  ])("never holds the secret of %s", (text, secret) => {
    expect(maskSecrets(text)).not.toContain(secret)
  })

  it("keeps what is no secret", () => {
    const text = "node train.js --lr 0.003 --hidden 64,32 https://github.com/a/b.git?tab=readme"
    expect(maskSecrets(text)).toBe(text)
  })
})

describe("a captured command line", () => {
  it("masks the values of flags that are named like keys", () => {
    expect(maskedCommand(["node", "x.js", "--api-key", "abc", "--token=def", "--password=ghi", "--lr", "1"])).toBe(
      "node x.js --api-key **** --token=**** --password=**** --lr 1"
    )
  })

  it("masks long opaque words", () => {
    expect(maskedCommand(["login", "0123456789abcdef0123456789abcdef01234567"])).toBe("login ****")
  })

  it("quotes words with spaces", () => {
    expect(maskedCommand(["echo", "a b", "it's"])).toBe("echo 'a b' 'it'\\''s'")
  })
})
