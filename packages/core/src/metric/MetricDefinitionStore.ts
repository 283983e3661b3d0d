/** The port behind which metric definitions are kept: a handful a run, replaced by name. */
import { Context, type Effect } from "effect"
import type { RunId } from "../run/Run.ts"
import type { StoreError } from "../store/StoreError.ts"
import type { MetricDefinition } from "./MetricDefinition.ts"

export class MetricDefinitionStore extends Context.Service<
  MetricDefinitionStore,
  {
    /** Sets the definition of `definition.name` for the run, in place of an earlier one. */
    put(run: RunId, definition: MetricDefinition): Effect.Effect<void, StoreError>
    /** The run's definitions in order of first definition. */
    list(run: RunId): Effect.Effect<ReadonlyArray<MetricDefinition>, StoreError>
    /** Forgets the run's definitions. Idempotent. */
    delete(run: RunId): Effect.Effect<void, StoreError>
  }
>()("@wanllmdb/core/MetricDefinitionStore") {}
