/** Finds the route of a path. A tree of segments, so the time does not grow with the number of routes. */
import type { Route } from "./Route.ts"

interface Node {
  readonly fixed: Map<string, Node>
  named: Node | null
  readonly methods: Map<string, Route>
  /** Routes whose last parameter takes the rest of the path. */
  readonly rest: Map<string, Route>
}

const newNode = (): Node => ({ fixed: new Map(), named: null, methods: new Map(), rest: new Map() })

export type Match =
  | { readonly kind: "found"; readonly route: Route; readonly params: Readonly<Record<string, string>> }
  | { readonly kind: "wrongMethod"; readonly allow: ReadonlyArray<string> }
  | { readonly kind: "badEncoding" }
  | { readonly kind: "none" }

const parameterNames = (path: string): ReadonlyArray<string> =>
  [...path.matchAll(/\{(\w+)(?:\.\.\.)?\}/g)].map((match) => match[1]!)

const decode = (text: string): string | null => {
  try {
    return decodeURIComponent(text)
  } catch {
    return null
  }
}

export class Router {
  readonly #root = newNode()
  readonly #names = new Map<Route, ReadonlyArray<string>>()

  constructor(routes: ReadonlyArray<Route>) {
    for (const route of routes) this.#add(route)
  }

  #add(route: Route) {
    this.#names.set(route, parameterNames(route.path))
    let node = this.#root
    for (const segment of route.path.slice(1).split("/")) {
      if (segment.endsWith("...}")) {
        node.rest.set(route.method, route)
        return
      }
      if (segment.startsWith("{")) {
        node.named ??= newNode()
        node = node.named
      } else {
        let next = node.fixed.get(segment)
        if (next === undefined) {
          next = newNode()
          node.fixed.set(segment, next)
        }
        node = next
      }
    }
    node.methods.set(route.method, route)
  }

  /** `path` is below the API prefix, percent-encoded. HEAD finds the GET route. */
  match(method: string, path: string): Match {
    const segments = path.slice(1).split("/")
    const values: Array<string> = []
    let node = this.#root
    let methods: Map<string, Route> | null = null
    for (const [index, segment] of segments.entries()) {
      const fixed = node.fixed.get(segment)
      if (fixed !== undefined) {
        node = fixed
        continue
      }
      if (node.rest.size > 0 && segment !== "") {
        values.push(segments.slice(index).join("/"))
        methods = node.rest
        break
      }
      if (node.named === null || segment === "") return { kind: "none" }
      values.push(segment)
      node = node.named
    }
    methods ??= node.methods
    if (methods.size === 0) return { kind: "none" }
    const route = methods.get(method === "HEAD" ? "GET" : method)
    if (route === undefined) return { kind: "wrongMethod", allow: allowOf(methods) }
    const params: Record<string, string> = {}
    for (const [index, name] of this.#names.get(route)!.entries()) {
      const value = decode(values[index]!)
      if (value === null) return { kind: "badEncoding" }
      params[name] = value
    }
    return { kind: "found", route, params }
  }
}

const allowOf = (methods: Map<string, Route>): ReadonlyArray<string> => {
  const names = [...methods.keys()]
  if (methods.has("GET")) names.push("HEAD")
  return [...names, "OPTIONS"]
}
