/** What the client's public API (`wandb.Api()`) reads and changes. */
import type { Operations } from "../graphql/Operation.ts"
import { consoleOperations } from "./consoleOperations.ts"
import { fileReadOperations } from "./fileReadOperations.ts"
import { historyOperations } from "./history/historyOperations.ts"
import { projectOperations } from "./projectOperations.ts"
import { runOperations } from "./runOperations.ts"

export const readOperations: Operations = {
  ...projectOperations,
  ...runOperations,
  ...historyOperations,
  ...fileReadOperations,
  ...consoleOperations
}
