/** In-memory adapters of the metadata ports over one set of tables, for tests and for hosts that try the engine out. */
import { Context, Effect, Layer } from "effect"
import { DocumentStore } from "../../document/DocumentStore.ts"
import { IdentityStore } from "../../identity/IdentityStore.ts"
import { Lease } from "../../lease/Lease.ts"
import { ProjectStore } from "../../project/ProjectStore.ts"
import { RunStore } from "../../run/RunStore.ts"
import { FieldIndex } from "../../run/search/FieldIndex.ts"
import { Transactor } from "../../store/Transactor.ts"
import { memoryDocumentStore } from "../document/memoryDocumentStore.ts"
import { memoryIdentityStore } from "../identity/memoryIdentityStore.ts"
import { memoryLease } from "../lease/memoryLease.ts"
import { memoryProjectStore } from "../project/memoryProjectStore.ts"
import { makeMemoryDatabase } from "./MemoryDatabase.ts"
import { memoryFieldIndex } from "./memoryFieldIndex.ts"
import { memoryRunStore } from "./memoryRunStore.ts"

export const memoryMetadata: Layer.Layer<
  Transactor | ProjectStore | RunStore | FieldIndex | IdentityStore | Lease | DocumentStore
> = Layer.effectContext(
  Effect.sync(() => {
    const database = makeMemoryDatabase()
    return Context.make(Transactor, Transactor.of({ transaction: database.transaction })).pipe(
      Context.add(ProjectStore, memoryProjectStore(database)),
      Context.add(RunStore, memoryRunStore(database)),
      Context.add(FieldIndex, memoryFieldIndex(database)),
      Context.add(IdentityStore, memoryIdentityStore(database)),
      Context.add(Lease, memoryLease(database)),
      Context.add(DocumentStore, memoryDocumentStore(database))
    )
  })
)
