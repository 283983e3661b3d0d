/** One parameter of a sweep's config: which of the language's forms it has, and what is wrong with it. */
import { isFields, type JsonFields } from "../../graphql/Variables.ts"
import { toJson } from "../../wire/toJson.ts"
import {
  type Distribution,
  defaults,
  distributions,
  type Figure,
  type Figures,
  multiplesWithin,
  outdated
} from "../space/distributions.ts"
import { type Cells, floatText, type Leaf, type Parameter, type ValueText, wholeText } from "../space/Parameter.ts"
import type { Problems } from "./Problems.ts"
import { pathKey } from "./sweepYaml.ts"

const nameForm = /^[A-Za-z_][A-Za-z0-9_.-]*$/
const probabilitySlack = 1.001e-5
const mostParameters = 10_000

/** What reading needs beside the value itself. */
export interface ParameterReading {
  readonly floats: ReadonlySet<string>
  readonly problems: Problems
  /** Parameters read so far. */
  count: number
}

type Path = ReadonlyArray<string>

/** As errors name it: levels joined with dots, without the word that opens each level. */
const shown = (path: Path): string =>
  path.length === 0 ? "parameters" : path.filter((name, index) => index === 0 || name !== "parameters").join(".")

const textOf = (value: unknown, path: ReadonlyArray<string | number>, { floats }: ParameterReading): ValueText =>
  typeof value === "number" && floats.has(pathKey(path)) ? floatText(value) : JSON.stringify(toJson(value))

const listed = (texts: ReadonlyArray<ValueText>): Cells => ({ count: texts.length, at: (index) => texts[index]! })

const constant = (text: ValueText): Leaf => ({ kind: "leaf", draw: () => text, cells: listed([text]) })

const choice = (texts: ReadonlyArray<ValueText>): Leaf => ({
  kind: "leaf",
  draw: (u) => texts[Math.min(Math.floor(u * texts.length), texts.length - 1)]!,
  cells: listed(texts)
})

const weighted = (texts: ReadonlyArray<ValueText>, probabilities: ReadonlyArray<number>): Leaf => ({
  kind: "leaf",
  draw: (u) => {
    let sum = 0
    const at = probabilities.findIndex((probability) => {
      sum += probability
      return u < sum
    })
    // Probabilities may add up to a little less than 1.
    return texts[at < 0 ? probabilities.findLastIndex((probability) => probability > 0) : at]!
  },
  cells: null
})

const onlyKeys = (fields: JsonFields, allowed: ReadonlyArray<string>, path: Path, problems: Problems): void => {
  for (const key of Object.keys(fields)) {
    if (allowed.includes(key)) continue
    problems.error(shown(path), `${key.slice(0, 80)} does not go with ${allowed.join(", ")} (rule one-form)`)
  }
}

const readValues = (fields: JsonFields, path: Path, reading: ParameterReading): Leaf | null => {
  const { problems } = reading
  onlyKeys(fields, ["values", "probabilities", "distribution"], path, problems)
  const { probabilities, values } = fields
  if (!Array.isArray(values) || values.length === 0) {
    problems.error(shown(path), "values must be a list of at least one value (rule values)")
    return null
  }
  const texts = values.map((value, index) => textOf(value, [...path, "values", index], reading))
  if (probabilities === undefined) return choice(texts)
  if (
    !Array.isArray(probabilities) ||
    probabilities.length !== values.length ||
    !probabilities.every((one) => typeof one === "number" && one >= 0)
  ) {
    problems.error(shown(path), "probabilities must be as many numbers of at least 0 as there are values")
    return null
  }
  const sum = probabilities.reduce((total: number, one: number) => total + one, 0)
  if (Math.abs(sum - 1) > probabilitySlack) {
    problems.error(shown(path), `probabilities must add up to 1, got ${sum} (rule probabilities)`)
    return null
  }
  return weighted(texts, probabilities)
}

const readFigures = (
  name: string,
  { keys, needs, positive }: Distribution,
  fields: JsonFields,
  path: Path,
  problems: Problems
): Figures | null => {
  const figures: Record<Figure, number> = { min: 0, max: 0, ...defaults }
  let isSound = true
  const fail = (message: string) => {
    problems.error(shown(path), message)
    isSound = false
  }
  for (const key of keys) {
    const value = fields[key]
    if (value === undefined) {
      if (needs.includes(key)) fail(`${name} needs ${key} (rule needs)`)
    } else if (typeof value !== "number" || !Number.isFinite(value)) fail(`${key} must be a number (rule number)`)
    else if (key === "min" && name === "int_uniform" && !Number.isInteger(value)) fail("min must be a whole number")
    else if (key === "max" && name === "int_uniform" && !Number.isInteger(value)) fail("max must be a whole number")
    else if ((key === "q" || key === "sigma" || key === "a" || key === "b") && value <= 0)
      fail(`${key} must be above 0`)
    else figures[key] = value
  }
  if (!isSound || !keys.includes("min")) return isSound ? figures : null
  const { max, min } = figures
  if (min >= max) fail(`min ${min} must be below max ${max} (rule min-below-max). Swap the bounds`)
  else if (positive === true && min <= 0) fail(`min must be above 0 for ${name} (rule positive)`)
  else if (keys.includes("q") && multiplesWithin(figures)[0] > multiplesWithin(figures)[1]) {
    fail(`no multiple of q ${figures.q} lies between min ${min} and max ${max} (rule q-within)`)
  }
  return isSound ? figures : null
}

/** What a grid counts through: whole numbers, or steps of q from min up to and including max. */
const gridCells = (name: string, { max, min, q }: Figures, print: (value: number) => ValueText): Cells | null => {
  if (name === "int_uniform") return { count: max - min + 1, at: (index) => print(min + index) }
  if (name !== "q_uniform") return null
  return {
    count: Math.floor((max - min) / q + 1e-9) + 1,
    at: (index) => print(Number((min + index * q).toPrecision(15)))
  }
}

const readDistribution = (name: string, fields: JsonFields, path: Path, reading: ParameterReading): Leaf | null => {
  const { floats, problems } = reading
  const distribution = Object.hasOwn(distributions, name) ? distributions[name] : undefined
  if (distribution === undefined) {
    const dashed = name.replaceAll("-", "_")
    problems.error(
      shown(path),
      outdated.has(name)
        ? `distribution ${name} takes exponents and is out of use; use ${name}_values with the values themselves as min and max`
        : `distribution "${name.slice(0, 60)}" does not exist (rule known-distribution)${Object.hasOwn(distributions, dashed) || outdated.has(dashed) ? `. Did you mean ${outdated.has(dashed) ? `${dashed}_values` : dashed}?` : ""}`
    )
    return null
  }
  onlyKeys(fields, [...distribution.keys, "distribution"], path, problems)
  const figures = readFigures(name, distribution, fields, path, problems)
  if (figures === null) return null
  const isSnapped = distribution.keys.includes("q")
  const isWhole =
    name === "int_uniform" || (isSnapped && Number.isInteger(figures.q) && !floats.has(pathKey([...path, "q"])))
  const print = isWhole ? wholeText : floatText
  return {
    kind: "leaf",
    draw: (u) => print(distribution.value(u, figures)),
    // A grid's steps begin at min, which may be no whole number.
    cells: gridCells(name, figures, isWhole && Number.isInteger(figures.min) ? wholeText : floatText)
  }
}

const readLeaf = (fields: JsonFields, path: Path, reading: ParameterReading): Leaf | null => {
  const { floats, problems } = reading
  const { distribution } = fields
  if (distribution !== undefined && typeof distribution !== "string") {
    problems.error(shown(path), "distribution must be a name (rule known-distribution)")
    return null
  }
  if (distribution === "constant" || (distribution === undefined && "value" in fields)) {
    onlyKeys(fields, ["value", "distribution"], path, problems)
    if (!("value" in fields)) problems.error(shown(path), "constant needs value (rule needs)")
    return constant(textOf(fields.value, [...path, "value"], reading))
  }
  if (distribution === "categorical" || distribution === "categorical_w_probabilities" || "values" in fields) {
    if (distribution === "categorical_w_probabilities" && fields.probabilities === undefined) {
      problems.error(shown(path), "categorical_w_probabilities needs probabilities (rule needs)")
    }
    return readValues(fields, path, reading)
  }
  if (distribution !== undefined) return readDistribution(distribution, fields, path, reading)
  if ("min" in fields && "max" in fields) {
    const isFloat = (key: "min" | "max") => floats.has(pathKey([...path, key])) || !Number.isInteger(fields[key])
    return readDistribution(isFloat("min") || isFloat("max") ? "uniform" : "int_uniform", fields, path, reading)
  }
  problems.error(
    shown(path),
    "has no form of a parameter: give value, values, min and max, parameters, or a distribution (rule known-form)"
  )
  return null
}

/** The parameters at `path`, which is where `parameters` itself stands. Null when one of them is not sound. */
export const readParameters = (
  value: unknown,
  path: Path,
  reading: ParameterReading
): ReadonlyArray<readonly [string, Parameter]> | null => {
  const { problems } = reading
  if (!isFields(value) || Object.keys(value).length === 0) {
    problems.error(shown(path), "must name at least one parameter (rule parameters)")
    return null
  }
  const found: Array<readonly [string, Parameter]> = []
  let isSound = true
  for (const [name, entry] of Object.entries(value)) {
    const at = [...path, name]
    const parameter = readParameter(name, entry, at, reading)
    if (parameter === null) isSound = false
    else found.push([name, parameter])
  }
  return isSound ? found : null
}

const readParameter = (name: string, entry: unknown, path: Path, reading: ParameterReading): Parameter | null => {
  const { problems } = reading
  if (++reading.count > mostParameters) {
    if (reading.count === mostParameters + 1) problems.error("parameters", `must be at most ${mostParameters}`)
    return null
  }
  if (!nameForm.test(name)) {
    problems.error(shown(path), "a name begins with a letter or _ and has letters, digits, _ . - (rule name)")
    return null
  }
  if (!isFields(entry)) {
    problems.error(shown(path), "must be a map, such as { values: [1, 2] } (rule known-form)")
    return null
  }
  const unsupported = ["when", "derive", "prior"].filter((key) => key in entry)
  if (unsupported.length > 0) {
    problems.error(shown(path), `${unsupported.join(", ")}: not supported by this version (rule supported)`)
    return null
  }
  if (!("parameters" in entry)) return readLeaf(entry, path, reading)
  onlyKeys(entry, ["parameters"], path, problems)
  const parameters = readParameters(entry.parameters, [...path, "parameters"], reading)
  return parameters === null ? null : { kind: "nested", parameters }
}
