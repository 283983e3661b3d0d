/** The two headers that make a retry harmless: `Wanllmdb-Writer` and `Wanllmdb-Sequence`. */
import { InvalidInput, type WriterSequence } from "@wanllmdb/core"
import type { ApiRequest } from "../http/ApiRequest.ts"

const refuse = (path: string, rule: string, got: string | null) =>
  new InvalidInput({ faults: [{ path, rule, got: got ?? "nothing" }] })

export const writerOf = (request: ApiRequest): WriterSequence | undefined | InvalidInput => {
  const writer = request.header("wanllmdb-writer")
  const text = request.header("wanllmdb-sequence")
  if (writer === null && text === null) return undefined
  if (writer === null || !/^[A-Za-z0-9_-]{1,64}$/.test(writer)) {
    return refuse("Wanllmdb-Writer", "1 to 64 of A-Z a-z 0-9 _ -, beside Wanllmdb-Sequence", writer)
  }
  const sequence = Number(text)
  if (text === null || !/^\d+$/.test(text) || !Number.isSafeInteger(sequence) || sequence < 1) {
    return refuse("Wanllmdb-Sequence", "a whole number from 1", text)
  }
  return { writer, sequence }
}
