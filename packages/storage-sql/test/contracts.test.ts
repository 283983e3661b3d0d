import { layer } from "@effect/vitest"
import {
  documentStoreContract,
  fieldIndexContract,
  identityStoreContract,
  leaseContract,
  projectStoreContract,
  runFileStoreContract,
  runStoreContract,
  transactorContract
} from "@wanllmdb/core/testing"
import { libraries, storesOver } from "./databases.ts"

for (const library of libraries) {
  layer(storesOver(library))(`SQL stores over ${library} keep the contracts`, (it) => {
    for (const { name, run } of runStoreContract) it.effect(`RunStore: ${name}`, () => run)
    for (const { name, run } of projectStoreContract) it.effect(`ProjectStore: ${name}`, () => run)
    for (const { name, run } of fieldIndexContract) it.effect(`FieldIndex: ${name}`, () => run)
    for (const { name, run } of identityStoreContract) it.effect(`IdentityStore: ${name}`, () => run)
    for (const { name, run } of documentStoreContract) it.effect(`DocumentStore: ${name}`, () => run)
    for (const { name, run } of leaseContract) it.effect(`Lease: ${name}`, () => run)
    for (const { name, run } of transactorContract) it.effect(`Transactor: ${name}`, () => run)
    for (const { name, run } of runFileStoreContract) it.effect(`RunFileStore: ${name}`, () => run)
  })
}
