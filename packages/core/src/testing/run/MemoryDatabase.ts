/**
 * The tables behind the in-memory metadata adapters. Records are immutable, so a transaction is a copy of the maps that
 * is put back when it does not commit; one semaphore keeps everyone else out meanwhile.
 */
import { Context, Effect, Exit, Semaphore } from "effect"
import type { StoredDocument } from "../../document/DocumentStore.ts"
import type { ApiKey } from "../../identity/ApiKey.ts"
import type { Project } from "../../project/Project.ts"
import type { ConfigVersion } from "../../run/RunConfig.ts"
import type { DepartedRun, RunDocuments, RunRow } from "../../run/RunStore.ts"

export interface ProjectRecord {
  readonly project: Omit<Project, "runCount" | "lastActivityAt">
  readonly runCount: number
  readonly lastActivityAt: number
  readonly nextOrdinal: number
  readonly sequence: number
}

export interface RunRecord {
  readonly row: RunRow
  readonly documents: RunDocuments
  readonly versions: ReadonlyArray<ConfigVersion>
  readonly ordinal: number
  readonly sequence: number
}

interface MemoryTables {
  projects: Map<string, ProjectRecord>
  /** `entity:slug` in lower case to project id. */
  slugs: Map<string, string>
  redirects: Map<string, string>
  runs: Map<string, RunRecord>
  /** `project:slug` to run id. */
  runSlugs: Map<string, string>
  departures: Map<string, ReadonlyArray<DepartedRun>>
  indexHeads: Map<string, { readonly rev: number; readonly sequence: number }>
  /** Project to field to block. */
  pages: Map<string, ReadonlyMap<string, ReadonlyMap<number, Uint8Array>>>
  keys: Map<string, { readonly key: ApiKey; readonly hash: string }>
  secrets: Map<string, { readonly value: string; readonly expiresAt: number }>
  leases: Map<string, { readonly holder: string; readonly token: number; readonly expiresAt: number }>
  documents: Map<string, { readonly collection: string; readonly document: StoredDocument }>
}

const copyOf = (tables: MemoryTables): MemoryTables => ({
  projects: new Map(tables.projects),
  slugs: new Map(tables.slugs),
  redirects: new Map(tables.redirects),
  runs: new Map(tables.runs),
  runSlugs: new Map(tables.runSlugs),
  departures: new Map(tables.departures),
  indexHeads: new Map(tables.indexHeads),
  pages: new Map(tables.pages),
  keys: new Map(tables.keys),
  secrets: new Map(tables.secrets),
  leases: new Map(tables.leases),
  documents: new Map(tables.documents)
})

export interface MemoryDatabase {
  /** Runs `operation` on the tables, alone; inside a transaction it is part of it. */
  use<A, E>(operation: (tables: MemoryTables) => Effect.Effect<A, E>): Effect.Effect<A, E>
  transaction<A, E, R>(effect: Effect.Effect<A, E, R>): Effect.Effect<A, E, R>
}

let databases = 0

export const makeMemoryDatabase = (): MemoryDatabase => {
  let tables: MemoryTables = {
    projects: new Map(),
    slugs: new Map(),
    redirects: new Map(),
    runs: new Map(),
    runSlugs: new Map(),
    departures: new Map(),
    indexHeads: new Map(),
    pages: new Map(),
    keys: new Map(),
    secrets: new Map(),
    leases: new Map(),
    documents: new Map()
  }
  const turn = Semaphore.makeUnsafe(1)
  const Inside = Context.Reference<boolean>(`@wanllmdb/core/testing/Transaction/${databases++}`, {
    defaultValue: () => false
  })

  return {
    use: (operation) =>
      Effect.flatMap(Inside, (inside) => {
        const run = Effect.suspend(() => operation(tables))
        return inside ? run : turn.withPermit(run)
      }),
    transaction: (effect) =>
      Effect.flatMap(Inside, (inside) =>
        inside
          ? effect
          : turn.withPermit(
              Effect.suspend(() => {
                const before = copyOf(tables)
                return Effect.provideService(effect, Inside, true).pipe(
                  Effect.onExit((exit) =>
                    Effect.sync(() => {
                      if (Exit.isFailure(exit)) tables = before
                    })
                  )
                )
              })
            )
      )
  }
}
