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
    ["https://user:p@ss@word@github.com/a/b.git", "ss@word"],
    ["ssh://git:hunter2@host:22/a", "hunter2"],
    ["bash -c 'train --api-key abc123 --lr 1'", "abc123"],
    ["export WANDB_API_KEY=abc123", "abc123"],
    ["TOKEN='a b c' node x", "a b c"],
    ["hf_abcdefghijklmnopqrstuvwxyz", "hf_abcdefghijklmnopqrstuvwxyz"]
  ])("never holds the secret of %s", (text, secret) => {
    expect(maskSecrets(text)).not.toContain(secret)
  })

  it("keeps what is no secret", () => {
    const learning =
      "--sigma 0.5 --max-tokens=512 num_tokens: 7 --tokenizer gpt2 --author ada sigmoid=1 --keys a,b git@github.com:a/b.git"
    expect(maskSecrets(learning)).toBe(learning)
    expect(maskedCommand(["--sigma", "0.5", "--tokenizer", "gpt2", "--author", "ada", "--max-tokens", "5"])).toBe(
      "--sigma 0.5 --tokenizer gpt2 --author ada --max-tokens 5"
    )
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

  it.each([
    ["--api-key", "X"],
    ["--apiKey", "X"],
    ["--key", "X"],
    ["--wandb-key", "X"],
    ["-password", "X"],
    ["--auth", "X"],
    ["--token", "-X_starts-with-a-hyphen"],
    ["--db.password", "X Y"]
  ])("masks the word behind %s", (flag, value) => {
    expect(maskedCommand(["x.js", flag, value, "--lr", "1"])).toBe(`x.js ${flag} **** --lr 1`)
  })

  it("masks no flag that follows one", () => {
    expect(maskedCommand(["x.js", "--use-auth", "--lr", "1", "--secret", "-v"])).toBe(
      "x.js --use-auth --lr 1 --secret -v"
    )
  })

  it("masks long opaque words", () => {
    expect(maskedCommand(["login", "0123456789abcdef0123456789abcdef01234567"])).toBe("login ****")
  })

  it("quotes words with spaces", () => {
    expect(maskedCommand(["echo", "a b", "it's"])).toBe("echo 'a b' 'it'\\''s'")
  })
})
