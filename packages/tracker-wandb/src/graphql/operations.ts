/** Every operation that is answered, by name. */
import { accountOperations } from "../account/accountOperations.ts"
import { fileOperations } from "../file/fileOperations.ts"
import { readOperations } from "../read/readOperations.ts"
import { unsupportedOperations } from "../report/unsupportedOperations.ts"
import { trainingOperations } from "../run/trainingOperations.ts"
import { sweepOperations } from "../sweep/sweepOperations.ts"
import type { Operations } from "./Operation.ts"

export const operations: Operations = {
  ...accountOperations,
  ...trainingOperations,
  ...fileOperations,
  ...unsupportedOperations,
  ...readOperations,
  ...sweepOperations
}
