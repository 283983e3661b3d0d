/** The messages between the host's thread and a store's thread. */
import type { Durability } from "../driver/openDatabase.ts"
import type { DriverName } from "../driver/SqliteDriver.ts"
import type { WriterRequest } from "../writer/WriterRequest.ts"

export interface ThreadSetup {
  readonly role: "writer" | "reader"
  readonly driver: DriverName
  readonly file: string
  readonly durability: Durability
  readonly holdMs?: number | undefined
}

export type ReaderRequest =
  | {
      readonly op: "start"
      readonly query: number
      readonly name: string
      readonly input: unknown
    }
  | { readonly op: "pull"; readonly query: number }
  | { readonly op: "stop"; readonly query: number }

export type ThreadRequest = WriterRequest | ReaderRequest | { readonly op: "close" }

export interface ThreadMessage {
  readonly id: number
  readonly request: ThreadRequest
}
