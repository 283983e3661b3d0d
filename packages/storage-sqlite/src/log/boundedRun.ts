/**
 * Runs code with a limit of time. A regular expression that backtracks for ever cannot be stopped from inside JavaScript,
 * but V8 ends it when the script that runs it has a timeout.
 */
import { createContext, Script } from "node:vm"

const holder: { body: (() => unknown) | null } = { body: null }
const context = createContext(holder)
const script = new Script("body()")

export class TimeLimitReached extends Error {
  override readonly name = "TimeLimitReached"
}

/** Not by `instanceof`: the error belongs to the script's own context. */
const isTimeout = (cause: unknown): boolean =>
  typeof cause === "object" && cause !== null && "code" in cause && cause.code === "ERR_SCRIPT_EXECUTION_TIMEOUT"

/** The body's value; throws `TimeLimitReached` when it needs longer than `ms`. Not for bodies that call `boundedRun`. */
export const boundedRun = <A>(body: () => A, ms: number): A => {
  let value: { readonly got: A } | null = null
  holder.body = () => {
    value = { got: body() }
  }
  try {
    script.runInContext(context, { timeout: ms })
  } catch (cause) {
    if (isTimeout(cause)) throw new TimeLimitReached()
    throw cause
  } finally {
    holder.body = null
  }
  return (value as unknown as { readonly got: A }).got
}
