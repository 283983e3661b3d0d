/** `run.config.lr = 0.1`: an object that reads like any other and reports what is set on it. */
import { jsonValue } from "./jsonValue.ts"

export type TrackedRecord = Record<string, unknown>

/** Values set inside nested objects are not seen; set the whole property again for those. */
export const trackedRecord = (
  initial: Record<string, unknown>,
  onSet: (change: Record<string, unknown>) => void
): TrackedRecord => {
  const target: Record<string, unknown> = Object.assign(Object.create(null), initial)
  return new Proxy(target, {
    set(record, key, value) {
      if (typeof key === "string") {
        const plain = jsonValue(value)
        record[key] = plain
        onSet({ [key]: plain })
      }
      return true
    },
    deleteProperty(record, key) {
      if (typeof key === "string" && key in record) {
        delete record[key]
        onSet({ [key]: null })
      }
      return true
    }
  })
}
