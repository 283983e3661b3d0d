/** A server over memory stores that is asked as the client's public API asks. */
import { TrackerServer } from "../TrackerServer.ts"

// biome-ignore lint/suspicious/noExplicitAny: tests look into answers by name
type Answer = any

export interface RunFields {
  readonly config?: object
  readonly tags?: ReadonlyArray<string>
  readonly displayName?: string
  readonly groupName?: string
  readonly jobType?: string
  readonly sweep?: string
}

export class ReadServer extends TrackerServer {
  /** The data of an operation; `fields` are the names that its document asks for. */
  async ask(operation: string, variables: object, fields = "", key?: string): Promise<Answer> {
    const response = await this.post(
      "/graphql",
      JSON.stringify({
        query: `query ${operation} { ${fields} }`,
        variables: { entity: "local", project: "p", ...variables }
      }),
      key === undefined ? {} : { headers: { authorization: `Bearer ${key}` } }
    )
    const answer: Answer = await response.json()
    if (response.status !== 200 || answer.errors !== undefined) {
      throw new Error(`${response.status} ${answer.errors?.[0]?.message}`)
    }
    return answer.data
  }

  async run(name: string, { config = {}, ...fields }: RunFields = {}, summary: object = {}): Promise<string> {
    const wrapped = Object.fromEntries(Object.entries(config).map(([key, value]) => [key, { value }]))
    const { bucket } = await this.upsert(name, { ...fields, config: JSON.stringify(wrapped) })
    if (Object.keys(summary).length > 0) {
      await this.graphql("UpsertBucket", { id: bucket.id, summaryMetrics: JSON.stringify(summary) })
    }
    return bucket.id
  }

  async names(filters: object, options: object = {}): Promise<ReadonlyArray<string>> {
    const { project } = await this.ask("Runs", { filters: JSON.stringify(filters), order: "+created_at", ...options })
    return project.runs.edges.map(({ node }: Answer) => node.name)
  }
}
