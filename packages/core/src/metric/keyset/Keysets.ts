/**
 * Key sets of runs: lists of names that frames refer to by number. The number is made from the names, so registering the same
 * list again, from any process, gives the same one.
 */
import { Clock, Effect } from "effect"
import type { DocumentStore } from "../../document/DocumentStore.ts"
import type { RunId } from "../../run/Run.ts"
import { type InvalidInput, invalidInput } from "../../store/InvalidInput.ts"
import { StoreError } from "../../store/StoreError.ts"
import { crc32 } from "../frame/crc32.ts"
import type { KeysetResolver } from "../frame/decodeFrame.ts"
import { keyNameFault } from "../frame/keyName.ts"

export const maxKeysetNames = 100_000
const collection = "keyset"
const rememberedNames = 1_000_000
/** Other lists that have the same checksum take the next numbers. */
const attempts = 64

const encoder = new TextEncoder()

const numberOf = (names: ReadonlyArray<string>): number => crc32(encoder.encode(names.join("\u0000"))) >>> 0 || 1

const same = (a: ReadonlyArray<string>, b: ReadonlyArray<string>): boolean =>
  a.length === b.length && a.every((name, index) => name === b[index])

const faultOf = (names: ReadonlyArray<string>): InvalidInput | null => {
  if (names.length < 1 || names.length > maxKeysetNames) {
    return invalidInput("keys", `must have 1 to ${maxKeysetNames} names`, `${names.length} names`)
  }
  for (const [index, name] of names.entries()) {
    const rule = keyNameFault(name)
    if (rule !== null) return invalidInput(`keys[${index}]`, rule, JSON.stringify(name.slice(0, 60)))
  }
  return new Set(names).size === names.length ? null : invalidInput("keys", "must name each key once", "a repeat")
}

export class Keysets {
  readonly #documents: DocumentStore["Service"]
  /** By run and number, oldest first. */
  readonly #known = new Map<string, ReadonlyArray<string>>()
  #size = 0

  constructor(documents: DocumentStore["Service"]) {
    this.#documents = documents
  }

  /** The number of the list of names, 1 to 2^32 - 1. */
  register(run: RunId, names: ReadonlyArray<string>): Effect.Effect<number, InvalidInput | StoreError> {
    const fault = faultOf(names)
    if (fault !== null) return Effect.fail(fault)
    const documents = this.#documents
    const remember = (number: number) => this.#remember(`${run}/${number}`, names)
    return Effect.gen(function* () {
      let number = numberOf(names)
      for (let attempt = 0; attempt < attempts; attempt++) {
        const key = `${run}/${number}`
        const present = yield* documents.get(collection, key)
        if (present === null) {
          const document = { collection, key, body: [...names], ifRev: 0, now: yield* Clock.currentTimeMillis }
          const written = yield* Effect.result(documents.put(document))
          if (written._tag === "Failure" && written.failure._tag === "StoreError") return yield* written.failure
          // Another call was faster with this number: look again whose it is.
          if (written._tag === "Failure") continue
        } else if (!same(present.body as ReadonlyArray<string>, names)) {
          number = number === 0xffff_ffff ? 1 : number + 1
          continue
        }
        remember(number)
        return number
      }
      const cause = `no free number for a key set of run ${run}`
      return yield* new StoreError({ store: "documents", operation: "keyset.register", retryable: true, cause })
    })
  }

  /** Names of these key sets of the run, up to the first number that is not registered. */
  readonly resolver = Effect.fnUntraced(function* (this: Keysets, run: RunId, numbers: ReadonlyArray<number>) {
    const found = new Map<number, ReadonlyArray<string>>()
    for (const number of numbers) {
      const names = this.#known.get(`${run}/${number}`) ?? (yield* this.#read(`${run}/${number}`))
      if (names === null) break
      found.set(number, names)
    }
    return ((number) => found.get(number) ?? null) satisfies KeysetResolver as KeysetResolver
  })

  #read(key: string): Effect.Effect<ReadonlyArray<string> | null, StoreError> {
    return Effect.map(this.#documents.get(collection, key), (document) => {
      if (document === null) return null
      const names = document.body as ReadonlyArray<string>
      this.#remember(key, names)
      return names
    })
  }

  #remember(key: string, names: ReadonlyArray<string>) {
    if (this.#known.has(key)) return
    this.#known.set(key, names)
    this.#size += names.length
    for (const [oldest, { length }] of this.#known) {
      if (this.#size <= rememberedNames) break
      this.#known.delete(oldest)
      this.#size -= length
    }
  }
}
