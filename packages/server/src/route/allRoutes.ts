/** Every route of `/api/v1`. */
import { fileRoutes } from "./files.ts"
import { keyRoutes } from "./keys.ts"
import { liveRoutes } from "./live.ts"
import { logRoutes } from "./logs.ts"
import { metricRoutes } from "./metrics.ts"
import { projectBucketRoutes } from "./projectBuckets.ts"
import { projectRoutes } from "./projects.ts"
import type { Route } from "./Route.ts"
import { runSearchRoutes } from "./runSearch.ts"
import { runRoutes } from "./runs.ts"
import { systemRoutes } from "./system.ts"

export const apiPrefix = "/api/v1"

export const allRoutes: ReadonlyArray<Route> = [
  ...projectRoutes,
  ...runSearchRoutes,
  ...runRoutes,
  ...metricRoutes,
  ...projectBucketRoutes,
  ...logRoutes,
  ...fileRoutes,
  ...liveRoutes,
  ...keyRoutes,
  ...systemRoutes
]
