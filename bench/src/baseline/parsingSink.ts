/**
 * The least that a server can do for the W&B client: it answers what the client needs to go on, parses every body and every row,
 * and throws them away. What a real server costs beyond it is the price of keeping the data.
 */
import { createServer } from "node:http"
import type { AddressInfo } from "node:net"

interface StreamBody {
  readonly files?: Readonly<Record<string, { readonly content: ReadonlyArray<string> }>>
}

const bucket = (name: string) => ({
  id: "1",
  name,
  displayName: name,
  description: "",
  config: "{}",
  sweepName: null,
  historyLineCount: 0,
  project: { id: "1", name: "bench", entity: { id: "1", name: "local" } }
})

const answer = (url: string, body: string, origin: string): object => {
  if (url.endsWith("/file_stream")) {
    const { files } = JSON.parse(body) as StreamBody
    for (const { content } of Object.values(files ?? {})) {
      for (const line of content) if (line.startsWith("{")) JSON.parse(line)
    }
    return {}
  }
  if (url !== "/graphql") return {}
  const { query, variables } = JSON.parse(body) as {
    query: string
    variables?: { name?: string; files?: ReadonlyArray<string> }
  }
  const user = { id: "1", entity: "local", username: "local", email: "", flags: "{}", teams: { edges: [] } }
  const files = (variables?.files ?? []).map((name) => ({ name, uploadUrl: `${origin}/put` }))
  if (query.includes("UpsertBucket"))
    return { data: { upsertBucket: { bucket: bucket(variables?.name ?? ""), inserted: true } } }
  if (query.includes("CreateRunFiles")) return { data: { createRunFiles: { runID: "1", uploadHeaders: [], files } } }
  if (query.includes("ServerFeatures")) return { data: { serverInfo: { features: [] } } }
  return query.includes("viewer") ? { data: { viewer: user } } : { data: null, errors: [{ message: "unknown" }] }
}

export const startParsingSink = (): Promise<number> => {
  const server = createServer((request, response) => {
    const parts: Array<Buffer> = []
    request.on("data", (part: Buffer) => parts.push(part))
    request.on("end", () => {
      const text = JSON.stringify(
        answer(request.url ?? "", Buffer.concat(parts).toString(), `http://${request.headers.host}`)
      )
      response.writeHead(200, { "content-type": "application/json" }).end(text)
    })
  })
  return new Promise((resolve) => server.listen(0, "127.0.0.1", () => resolve((server.address() as AddressInfo).port)))
}
