/**
 * A sweep's YAML as values, with a note of which numbers were written as floats: `1.0` and `1` are the same number, but bounds
 * of whole numbers and of others search different spaces. Rules of YAML 1.1, as the client writes it; `1e-4` is a number.
 */
import { type Document, isAlias, isMap, isScalar, isSeq, type Node, parseDocument } from "yaml"

export interface SweepYaml {
  readonly value: unknown
  /** Paths, joined with newlines, of numbers with a point or an exponent. */
  readonly floats: ReadonlySet<string>
}

export const pathKey = (path: ReadonlyArray<string | number>): string => path.join("\n")

const mostCharacters = 262_144
const maxDepth = 40
const maxNodes = 200_000
/** Each is looked up in the whole document. */
const maxAliases = 1_000

const timestamp = "tag:yaml.org,2002:timestamp"

class Reader {
  readonly floats = new Set<string>()
  readonly #document: Document
  #nodes = 0
  #aliases = 0

  constructor(document: Document) {
    this.#document = document
  }

  read(node: unknown, path: ReadonlyArray<string | number>): unknown {
    if (++this.#nodes > maxNodes) throw new RangeError(`has more than ${maxNodes} values`)
    if (path.length > maxDepth) throw new RangeError(`nests more than ${maxDepth} levels`)
    if (isAlias(node)) {
      if (++this.#aliases > maxAliases) throw new RangeError(`has more than ${maxAliases} aliases`)
      return this.read(node.resolve(this.#document), path)
    }
    if (isMap(node)) {
      return Object.fromEntries(
        node.items.map(({ key, value }) => {
          const name = isScalar(key) ? String(key.source ?? key.value) : String(key)
          return [name, this.read(value, [...path, name])]
        })
      )
    }
    if (isSeq(node)) return node.items.map((item, index) => this.read(item, [...path, index]))
    if (!isScalar(node)) return null
    const { source, value } = node as Node & { readonly source?: string; readonly value: unknown }
    if (typeof value === "number" && source !== undefined && /[.eE]/.test(source) && !/^[+-]?0x/i.test(source)) {
      this.floats.add(pathKey(path))
    }
    if (typeof value === "bigint") return Number(value)
    return value ?? null
  }
}

/** Throws an `Error` that says what is wrong with the text. */
export const readSweepYaml = (text: string): SweepYaml => {
  if (text.length > mostCharacters) throw new RangeError(`has more than ${mostCharacters} characters`)
  const document = parseDocument(text, {
    version: "1.1",
    customTags: (tags) => tags.filter((tag) => typeof tag === "string" || tag.tag !== timestamp)
  })
  const [fault] = document.errors
  if (fault !== undefined) throw new Error(fault.message.split("\n", 1)[0])
  const reader = new Reader(document)
  return { value: reader.read(document.contents, []), floats: reader.floats }
}
