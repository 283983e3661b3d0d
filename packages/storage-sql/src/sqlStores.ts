/** All metadata ports over one SQL session. Metrics, logs and blobs are the adapter's own. */
import {
  DocumentStore,
  FieldIndex,
  IdentityStore,
  Lease,
  MetricDefinitionStore,
  ProjectStore,
  RunFileStore,
  RunStore,
  Transactor
} from "@wanllmdb/core"
import { Context, Layer } from "effect"
import { sqlDocumentStore } from "./document/sqlDocumentStore.ts"
import { sqlRunFileStore } from "./file/sqlRunFileStore.ts"
import { sqlIdentityStore } from "./identity/sqlIdentityStore.ts"
import { sqlLease } from "./lease/sqlLease.ts"
import { sqlMetricDefinitionStore } from "./metric/sqlMetricDefinitionStore.ts"
import { sqlProjectStore } from "./project/sqlProjectStore.ts"
import { sqlFieldIndex } from "./run/sqlFieldIndex.ts"
import { sqlRunStore } from "./run/sqlRunStore.ts"
import type { SqlSession } from "./SqlSession.ts"

export type SqlPorts =
  | Transactor
  | ProjectStore
  | RunStore
  | FieldIndex
  | IdentityStore
  | Lease
  | MetricDefinitionStore
  | RunFileStore
  | DocumentStore

/** The ports as a context, for adapters that build one layer of everything. */
export const sqlPorts = (session: SqlSession): Context.Context<SqlPorts> =>
  Context.make(Transactor, Transactor.of({ transaction: session.transaction })).pipe(
    Context.add(ProjectStore, sqlProjectStore(session)),
    Context.add(RunStore, sqlRunStore(session)),
    Context.add(FieldIndex, sqlFieldIndex(session)),
    Context.add(IdentityStore, sqlIdentityStore(session)),
    Context.add(Lease, sqlLease(session)),
    Context.add(MetricDefinitionStore, sqlMetricDefinitionStore(session)),
    Context.add(RunFileStore, sqlRunFileStore(session)),
    Context.add(DocumentStore, sqlDocumentStore(session))
  )

export const sqlStores = (session: SqlSession): Layer.Layer<SqlPorts> => Layer.succeedContext(sqlPorts(session))
