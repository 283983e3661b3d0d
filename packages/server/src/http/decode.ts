/** Decodes JSON and query values by schema and says for each fault where it is, which rule it breaks and what came. */
import { type InputFault, InvalidInput } from "@wanllmdb/core"
import { Cause, Effect, Exit, Schema, SchemaIssue } from "effect"

const issuesOf = SchemaIssue.makeFormatterStandardSchemaV1()

const pathText = (path: ReadonlyArray<PropertyKey>, root: string): string => {
  let text = ""
  for (const part of path) {
    if (typeof part === "number" || /^\d+$/.test(String(part))) text += `[${String(part)}]`
    else text += text === "" ? String(part) : `.${String(part)}`
  }
  return text === "" ? root : text
}

const at = (value: unknown, path: ReadonlyArray<PropertyKey>): unknown =>
  path.reduce<unknown>(
    (inner, part) => (typeof inner === "object" && inner !== null ? Reflect.get(inner, part) : undefined),
    value
  )

/** The kind of a value, with a short excerpt where that helps. */
export const describeValue = (value: unknown): string => {
  if (value === undefined) return "nothing"
  if (value === null) return "null"
  if (typeof value === "string") return value.length > 40 ? `"${value.slice(0, 40)}…"` : JSON.stringify(value)
  if (Array.isArray(value)) return `array of ${value.length}`
  return typeof value === "object" ? "object" : String(value)
}

const ruleText = (message: string): string =>
  message === "Missing key" ? "required" : message.replace(/^Expected /, "").replace(/, got [\s\S]*$/, "")

const faultsOf = (issue: SchemaIssue.Issue, input: unknown, root: string): ReadonlyArray<InputFault> =>
  issuesOf(issue)
    .issues.slice(0, 20)
    .map(({ message, path = [] }) => {
      const keys = path.map((part) => (typeof part === "object" ? part.key : part))
      return { path: pathText(keys, root), rule: ruleText(message), got: describeValue(at(input, keys)) }
    })

/** A decoder whose failures are `InvalidInput`. `root` names the whole value in messages: `body`, `query`. */
export const decoder = <S extends Schema.ConstraintDecoder<unknown>>(schema: S, root: string) => {
  const decode = Schema.decodeUnknownExit(schema, { errors: "all" })
  return (input: unknown): Effect.Effect<S["Type"], InvalidInput> => {
    const exit = decode(input)
    if (Exit.isSuccess(exit)) return Effect.succeed(exit.value)
    const error = Cause.squash(exit.cause)
    // Schemas of trees walk by recursion: what overflows them is the caller's nesting.
    if (error instanceof RangeError) {
      return Effect.fail(new InvalidInput({ faults: [{ path: root, rule: "fewer nested levels", got: "too many" }] }))
    }
    if (!Schema.isSchemaError(error)) return Effect.die(error)
    return Effect.fail(new InvalidInput({ faults: faultsOf(error.issue, input, root) }))
  }
}

/** Query parameters as an object: repeated names become arrays. */
export const queryObject = (query: URLSearchParams): Readonly<Record<string, string | ReadonlyArray<string>>> => {
  const object: Record<string, string | ReadonlyArray<string>> = Object.create(null)
  for (const [name, value] of query) {
    const before = object[name]
    object[name] = before === undefined ? value : typeof before === "string" ? [before, value] : [...before, value]
  }
  return object
}
