/** The variables of a GraphQL call, decoded one by one: a wrong kind is named with its field. Null and absent are the same. */
import { badField } from "../wire/ClientFault.ts"
import { parseExtendedJson } from "../wire/extendedJson.ts"

export type JsonFields = Readonly<Record<string, unknown>>

export const isFields = (value: unknown): value is JsonFields =>
  typeof value === "object" && value !== null && !Array.isArray(value)

export class Variables {
  readonly #values: JsonFields
  readonly #path: string

  constructor(values: JsonFields, path = "variables") {
    this.#values = values
    this.#path = path
  }

  text(name: string): string | null {
    const value = this.#read(name)
    if (value === null) return null
    if (typeof value !== "string") throw this.#fault(name, "a text", value)
    return value
  }

  neededText(name: string): string {
    const value = this.text(name)
    if (value === null || value === "") throw this.#fault(name, "a text", value)
    return value
  }

  number(name: string): number | null {
    const value = this.#read(name)
    if (value === null) return null
    if (typeof value !== "number") throw this.#fault(name, "a number", value)
    return value
  }

  /** At least 0, at most `most`. */
  count(name: string, fallback: number, most: number): number {
    const value = this.number(name)
    if (value === null) return fallback
    if (!Number.isInteger(value) || value < 0) throw this.#fault(name, "a whole number of at least 0", value)
    return Math.min(value, most)
  }

  flag(name: string): boolean | null {
    const value = this.#read(name)
    if (value === null) return null
    if (typeof value !== "boolean") throw this.#fault(name, "true or false", value)
    return value
  }

  texts(name: string): ReadonlyArray<string> | null {
    const value = this.#read(name)
    if (value === null) return null
    if (!Array.isArray(value) || !value.every((entry) => typeof entry === "string")) {
      throw this.#fault(name, "a list of texts", value)
    }
    return value
  }

  /** GraphQL's `JSONString`: a text that holds JSON, here with bare non-finite numbers too. */
  json(name: string): unknown {
    const text = this.text(name)
    if (text === null) return null
    try {
      return parseExtendedJson(text)
    } catch {
      throw this.#fault(name, "a text that holds JSON", text)
    }
  }

  jsonFields(name: string): JsonFields | null {
    const value = this.json(name)
    if (value === null) return null
    if (!isFields(value)) throw this.#fault(name, "a JSON object", value)
    return value
  }

  /** The variables inside an `input` object. */
  input(name: string): Variables {
    const value = this.#read(name)
    if (!isFields(value)) throw this.#fault(name, "an object", value)
    return new Variables(value, `${this.#path}.${name}`)
  }

  #read(name: string): unknown {
    return (Object.hasOwn(this.#values, name) ? this.#values[name] : null) ?? null
  }

  #fault(name: string, rule: string, got: unknown): Error {
    return badField(`${this.#path}.${name}`, rule, got)
  }
}
