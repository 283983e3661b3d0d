/** Metric definitions in memory. */
import { Effect, Layer } from "effect"
import type { MetricDefinition } from "../../metric/MetricDefinition.ts"
import { MetricDefinitionStore } from "../../metric/MetricDefinitionStore.ts"

export const memoryMetricDefinitionStore: Layer.Layer<MetricDefinitionStore> = Layer.sync(MetricDefinitionStore, () => {
  const runs = new Map<string, Map<string, MetricDefinition>>()
  return MetricDefinitionStore.of({
    put: (run, definition) =>
      Effect.sync(() => {
        const definitions = runs.get(run) ?? new Map<string, MetricDefinition>()
        definitions.set(definition.name, definition)
        runs.set(run, definitions)
      }),
    list: (run) => Effect.sync(() => [...(runs.get(run)?.values() ?? [])]),
    delete: (run) => Effect.sync(() => void runs.delete(run))
  })
})
