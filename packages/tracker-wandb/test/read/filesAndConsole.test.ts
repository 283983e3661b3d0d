import fc from "fast-check"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { likeMatcher } from "../../src/read/likeMatcher.ts"
import { ReadServer } from "./ReadServer.ts"

const server = new ReadServer()
const paths = Array.from({ length: 9 }, (_, i) => `out/part${i}.json`)
beforeAll(async () => {
  await server.run("r")
  for (const path of [...paths, "config.yaml"]) {
    const response = await server.fetch("PUT", `/files/local/p/r/${path}`, { body: `{"at": "${path}"}` })
    expect(response.status).toBe(200)
  }
  const content = Array.from({ length: 25 }, (_, i) => `2026-11-21T01:08:04.263733 line ${i}`)
  await server.stream("r", { files: { "output.log": { offset: 0, content } } })
})
afterAll(() => server.wan.close())

interface Edges<A> {
  readonly edges: ReadonlyArray<{ readonly node: A }>
  readonly pageInfo: { readonly endCursor: string | null; readonly hasNextPage: boolean }
}
interface FileNode {
  readonly id: string
  readonly name: string
  readonly url: string
  readonly sizeBytes: number
}

const files = async (variables: object): Promise<Edges<FileNode>> =>
  (await server.ask("RunFiles", { name: "r", ...variables })).project.run.files
const namesOf = ({ edges }: Edges<FileNode>) => edges.map(({ node }) => node.name)

describe("files of the public API", () => {
  it("come in pages that follow each other", async () => {
    const found: Array<string> = []
    for (let fileCursor: string | null = null; ; ) {
      const page = await files({ fileLimit: 4, fileCursor })
      found.push(...namesOf(page))
      if (!page.pageInfo.hasNextPage) break
      fileCursor = page.pageInfo.endCursor
    }
    expect(found).toEqual(["config.yaml", ...paths])
  })

  it("are found by pattern and by name, also one that is not there yet", async () => {
    expect(namesOf(await files({ pattern: "out/%_.json" }))).toEqual(paths)
    expect(namesOf(await files({ pattern: "%.yaml" }))).toEqual(["config.yaml"])
    const { edges } = await files({ fileNames: ["out/part3.json", "none.txt"] })
    expect(edges.map(({ node }) => [node.name, node.sizeBytes > 0])).toEqual([
      ["out/part3.json", true],
      ["none.txt", false]
    ])
  })

  it("have the names that the client gave them, and are found by the path that a script saved", async () => {
    const place = { project: "p", run: "r" }
    const made = await server.ask("CreateRunFiles", { ...place, files: ["odd/a:b?.txt"] })
    await server.fetch("PUT", new URL(made.createRunFiles.files[0].uploadUrl).pathname, { body: "odd" })
    const { edges } = await files({ fileNames: ["./odd/a:b?.txt"] })
    expect(edges.map(({ node }) => [node.name, node.sizeBytes])).toEqual([["odd/a:b?.txt", 3]])
    expect(await (await server.fetch("GET", new URL(edges[0]!.node.url).pathname)).text()).toBe("odd")
    expect(namesOf(await files({ pattern: "odd/a:b%" }))).toEqual(["odd/a:b?.txt"])
    await server.ask("deleteFiles", { files: [edges[0]!.node.id], projectId: 1 })
  })

  it("are read at their address and deleted by their id", async () => {
    const { edges } = await files({ fileNames: ["out/part8.json"] })
    const { id, url } = edges[0]!.node
    expect(await (await server.fetch("GET", new URL(url).pathname)).text()).toBe('{"at": "out/part8.json"}')
    await server.ask("deleteFiles", { files: [id], projectId: 1 })
    expect(namesOf(await files({ pattern: "%8.json" }))).toEqual([])
    await expect(server.ask("deleteFiles", { files: ["bm9uZQ=="] })).rejects.toThrow(/404/)
  })

  it("match patterns as SQL does, whatever the pattern", () => {
    const sign = fc.constantFrom("a", "b", "%", "_", ".")
    fc.assert(
      fc.property(
        fc.array(sign, { maxLength: 8 }),
        fc.array(fc.constantFrom("a", "b", ".", "c"), { maxLength: 8 }),
        (pattern, text) => {
          const source = pattern.map((one) => (one === "%" ? "[^]*" : one === "_" ? "[^]" : one === "." ? "\\." : one))
          expect(likeMatcher(pattern.join(""))(text.join(""))).toBe(
            new RegExp(`^${source.join("")}$`).test(text.join(""))
          )
        }
      ),
      { numRuns: 300 }
    )
    expect(likeMatcher(`${"%a".repeat(500)}%b`)("a".repeat(1_000))).toBe(false)
  })
})

describe("the console of the public API", () => {
  it("comes in pages that follow each other, and from its end", async () => {
    const found: Array<string> = []
    for (let after: string | null = null; ; ) {
      const page: Awaited<ReturnType<typeof server.ask>> = await server.ask("RunConsoleLogPage", {
        runName: "r",
        first: 10,
        after
      })
      const { logLineCount, logLines } = page.project.run
      expect(logLineCount).toBe(25)
      found.push(...logLines.edges.map(({ node }: { node: { line: string } }) => node.line))
      if (!logLines.pageInfo.hasNextPage) break
      after = logLines.pageInfo.endCursor
    }
    expect(found).toEqual(Array.from({ length: 25 }, (_, i) => `line ${i}`))
    const tail = (await server.ask("RunConsoleLogTail", { runName: "r", last: 3 })).project.run.logLines.edges
    expect(tail.map(({ node }: { node: object }) => node)).toMatchObject([
      { number: 22, line: "line 22", level: "" },
      { number: 23, line: "line 23" },
      { number: 24, line: "line 24", timestamp: expect.stringMatching(/^2026-11-21T01:08:04/) }
    ])
    await expect(server.ask("RunConsoleLogPage", { runName: "r", after: "x" })).rejects.toThrow(/variables\.after/)
  })
})
