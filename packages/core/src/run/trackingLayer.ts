/** The services around projects, runs and keys, over the metadata ports, the metric store and the event bus. */
import { Layer } from "effect"
import { apiKeysLayer } from "../identity/apiKeysLayer.ts"
import { projectsLayer } from "../project/projectsLayer.ts"
import { runsLayer } from "./runsLayer.ts"
import { runSearchLayer } from "./search/runSearchLayer.ts"
import { RunSummaries } from "./summary/RunSummaries.ts"

/** `Projects`, `Runs`, `RunSearch`, `ApiKeys`. Runs and search share one memory of what is not written yet. */
export const trackingLayer = Layer.mergeAll(
  projectsLayer,
  apiKeysLayer,
  Layer.mergeAll(runsLayer, runSearchLayer).pipe(Layer.provide(RunSummaries.layer))
)
