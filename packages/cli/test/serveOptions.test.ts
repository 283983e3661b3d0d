import { mkdtempSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join, resolve } from "node:path"
import { describe, expect, it } from "vitest"
import { CommandFault } from "../src/output/CommandFault.ts"
import { resolveServeOptions } from "../src/serve/ServeOptions.ts"

const config = (content: unknown): string => {
  const file = join(mkdtempSync(join(tmpdir(), "wanllmdb-cli-")), "config.json")
  writeFileSync(file, typeof content === "string" ? content : JSON.stringify(content))
  return file
}

const refusal = (flags: Parameters<typeof resolveServeOptions>[0]): string => {
  try {
    resolveServeOptions(flags, {})
  } catch (error) {
    expect(error).toBeInstanceOf(CommandFault)
    expect((error as CommandFault).exitCode).toBe(2)
    return (error as CommandFault).message
  }
  throw new Error("it was accepted")
}

describe("serve's options", () => {
  it("are local mode on loopback and the next free port by default", () => {
    expect(resolveServeOptions({}, {})).toEqual({
      host: "127.0.0.1",
      port: null,
      data: resolve("wanllmdb-data"),
      database: undefined,
      blobs: undefined,
      auth: "local",
      basePath: "",
      secrets: [],
      trustedOrigins: []
    })
  })

  it("ask for keys on an address that others reach", () => {
    expect(resolveServeOptions({ host: "0.0.0.0" }, {}).auth).toBe("keys")
    expect(resolveServeOptions({ host: "::1" }, {}).auth).toBe("local")
  })

  it("refuse local mode there, with the reason", () => {
    expect(refusal({ host: "0.0.0.0", auth: "local" })).toContain("only on a loopback address")
  })

  it.each([["x"], ["-1"], ["70000"], ["1.5"], [""]])("refuse the port %j", (port) => {
    expect(refusal({ port })).toContain("--port must be a whole number")
  })

  it("take flags over the file over the environment", () => {
    const file = config({ data: "/from/file", host: "localhost", port: 9, trustedOrigins: ["https://a.example"] })
    const options = resolveServeOptions({ config: file, port: "10" }, { WANLLMDB_DATA: "/from/env" })
    expect(options).toMatchObject({
      data: "/from/file",
      host: "localhost",
      port: 10,
      trustedOrigins: ["https://a.example"]
    })
    expect(resolveServeOptions({}, { WANLLMDB_DATA: "/from/env" }).data).toBe("/from/env")
  })

  it("name what is wrong in the file", () => {
    expect(refusal({ config: config("{") })).toContain("config.json")
    expect(refusal({ config: config([]) })).toContain("must be a JSON object")
    expect(refusal({ config: config({ prot: 1 }) })).toContain('"prot" is no setting')
    expect(refusal({ config: config({ host: 1 }) })).toContain("host must be a text")
    expect(refusal({ config: config({ secrets: "x" }) })).toContain("secrets must be an array")
  })
})
