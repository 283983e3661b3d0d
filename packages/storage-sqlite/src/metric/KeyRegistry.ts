/** Gives each name of a run its number when it is first seen. Clients send the same names again and again: those cost a look-up. */

import type { SqliteDatabase } from "../driver/SqliteDriver.ts"
import type { RunRow } from "./RunRow.ts"
import { type FrameSection, kindsOfSection } from "./sectionKinds.ts"

interface KnownKeys {
  readonly version: number
  /** Bits of kinds by name. */
  readonly kinds: Map<string, number>
  /** Lists of names that were registered as they are: decoding gives the same list for the same names. */
  readonly lists: WeakMap<ReadonlyArray<string>, Uint8Array>
}

/** As many runs are remembered; a run that logs comes back to the end of the line. */
const runLimit = 500

export class KeyRegistry {
  readonly #prepare: SqliteDatabase["prepare"]
  readonly #runs = new Map<number, KnownKeys>()

  constructor(prepare: SqliteDatabase["prepare"]) {
    this.#prepare = prepare
  }

  register(run: RunRow, section: FrameSection): void {
    const known = this.#known(run)
    const seen = known.lists.get(section.keys)
    const kinds = kindsOfSection(section)
    if (seen !== undefined && kinds.every((bit, i) => (seen[i]! & bit) === bit)) return
    const next = new Uint8Array(kinds.length)
    section.keys.forEach((name, i) => {
      const bits = kinds[i]! | (known.kinds.get(name) ?? 0)
      next[i] = bits
      if (kinds[i] === 0 || bits === known.kinds.get(name)) return
      this.#prepare(
        `insert into metric_key (run, name, kinds, forgotten_seq) values (?, ?, ?, 0)
         on conflict (run, name) do update set kinds = kinds | excluded.kinds`
      ).run(run.id, name, bits)
      known.kinds.set(name, bits)
    })
    known.lists.set(section.keys, next)
  }

  /** What was learnt in a transaction that was rolled back is void. */
  forget(run: number): void {
    this.#runs.delete(run)
  }

  #known(run: RunRow): KnownKeys {
    let known = this.#runs.get(run.id)
    // A deletion, here or in another process, grows the version.
    if (known === undefined || known.version !== run.version) {
      known = { version: run.version, kinds: new Map(), lists: new WeakMap() }
      this.#runs.set(run.id, known)
      if (this.#runs.size > runLimit) this.#runs.delete(this.#runs.keys().next().value as number)
    }
    return known
  }
}
