/** All parameters of a sweep: counted through as a grid, or drawn at random. What it gives are the arguments of one trial. */
import { isFields, type JsonFields } from "../../graphql/Variables.ts"
import { drawUniform } from "./drawUniform.ts"
import type { Cells, Leaf, Parameter, ValueText } from "./Parameter.ts"

type Parameters = ReadonlyArray<readonly [name: string, parameter: Parameter]>

interface Place {
  readonly path: string
  readonly leaf: Leaf
}

const placesOf = (parameters: Parameters, prefix: string): ReadonlyArray<Place> =>
  parameters.flatMap(([name, parameter]) => {
    const path = `${prefix}${name}`
    return parameter.kind === "leaf" ? [{ path, leaf: parameter }] : placesOf(parameter.parameters, `${path}.`)
  })

const byPath = (a: Place, b: Place): number => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0)

/** Arguments of a trial as JSON text: `{"name":{"value":…}}`, nested ones below their first level. */
export type ArgsText = string

const valueIn = (config: JsonFields, path: ReadonlyArray<string>): unknown =>
  path.reduce<unknown>(
    (value, name) => (isFields(value) && Object.hasOwn(value, name) ? value[name] : undefined),
    config
  )

/** Looking for a value goes through all of them. */
const mostSearched = 100_000

/** Values are the same whether a number was written as a float or not. */
const indexOf = ({ at, count }: Cells, value: unknown): number => {
  if (count > mostSearched) return -1
  const text = JSON.stringify(value)
  for (let index = 0; index < count; index++) if (JSON.stringify(JSON.parse(at(index))) === text) return index
  return -1
}

export class SearchSpace {
  readonly #parameters: Parameters
  readonly #places: ReadonlyArray<Place>

  constructor(parameters: Parameters) {
    this.#parameters = parameters
    this.#places = [...placesOf(parameters, "")].sort(byPath)
  }

  /** Paths of parameters that a grid cannot count through. */
  get uncountable(): ReadonlyArray<string> {
    return this.#places.filter(({ leaf }) => leaf.cells === null).map(({ path }) => path)
  }

  /** How many cells the grid has. */
  get cells(): number {
    return this.#places.reduce((product, { leaf }) => product * (leaf.cells?.count ?? 1), 1)
  }

  /** The grid's cell of that number, from 0: parameters in order of path, the last changes fastest. */
  cell(number: number): ArgsText {
    const values = new Map<string, ValueText>()
    let rest = number
    for (const { leaf, path } of [...this.#places].reverse()) {
      const { cells } = leaf
      if (cells === null) continue
      values.set(path, cells.at(rest % cells.count))
      rest = Math.floor(rest / cells.count)
    }
    return this.#args(values)
  }

  /** Number of the cell whose values a config has; null where it has none of them, or others. */
  cellOf(config: JsonFields): number | null {
    let number = 0
    for (const { leaf, path } of this.#places) {
      if (leaf.cells === null) return null
      const index = indexOf(leaf.cells, valueIn(config, path.split(".")))
      if (index < 0) return null
      number = number * leaf.cells.count + index
    }
    return number
  }

  /** The draw of that number; the same seed and number always give the same. */
  draw(seed: string, number: number): ArgsText {
    return this.#args(new Map(this.#places.map(({ leaf, path }) => [path, leaf.draw(drawUniform(seed, number, path))])))
  }

  #args(values: ReadonlyMap<string, ValueText>): ArgsText {
    const below = (parameters: Parameters, prefix: string): ReadonlyArray<string> =>
      parameters.map(([name, parameter]) => {
        const path = `${prefix}${name}`
        const value =
          parameter.kind === "leaf" ? values.get(path)! : `{${below(parameter.parameters, `${path}.`).join(",")}}`
        return `${JSON.stringify(name)}:${prefix === "" ? `{"value":${value}}` : value}`
      })
    return `{${below(this.#parameters, "").join(",")}}`
  }
}
