/** Counts the operations that clients asked for and that are not answered, by name and client version, for those who extend or debug. */
import { changeDocument } from "@wanllmdb/core"
import { Effect } from "effect"
import type { Call } from "../call/Call.ts"
import { settle } from "../call/settle.ts"
import { isFields } from "../graphql/Variables.ts"
import { ClientFault } from "../wire/ClientFault.ts"

export const unknownOperations = "wandb.unknown"

export interface UnknownOperation {
  readonly operation: string
  readonly client: string
  readonly count: number
}

/** Names come from clients; no more than these are kept. */
const mostKept = 1_000

export class UnknownOperations {
  readonly #known = new Set<string>()

  /** Counts in the background; an answer never waits for it. */
  note(call: Call, operation: string): void {
    const client = (call.request.headers.get("user-agent") ?? "").slice(0, 120)
    const key = JSON.stringify([operation, client])
    if (!this.#known.has(key) && this.#known.size >= mostKept) return
    this.#known.add(key)
    const { documents } = call.engine
    const count = changeDocument(documents, unknownOperations, key, (body) => {
      const before = isFields(body) && typeof body.count === "number" ? body.count : 0
      return Effect.succeed([{ operation, client, count: before + 1 }, null] as const)
    })
    void Effect.runPromiseExit(count)
  }

  async answer(call: Call): Promise<Response> {
    if (!(await call.can("server.inspect", { kind: "server" }))) {
      throw new ClientFault(403, "The report of unknown operations needs the right server.inspect")
    }
    const documents = await settle(call.engine.documents.list({ collection: unknownOperations }))
    return Response.json({ items: documents.map(({ body }) => body) })
  }
}
