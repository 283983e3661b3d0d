/**
 * Decides what a signed-in caller may do. What a caller may not know of answers 404, what it may know of but not do 403.
 * Key and token limits narrow whatever the host's functions allow.
 */
import type { Action, Principal, Project, ProjectNotFound, Resource, Scope, StoreError } from "@wanllmdb/core"
import { Effect } from "effect"
import { type Auth, type HostAuth, isBuiltIn } from "./Auth.ts"
import { roleActions } from "./roleActions.ts"

export type Decision = "allow" | "forbid" | "hide"

const readOf: Readonly<Partial<Record<Resource["kind"], Action>>> = { project: "project.read", run: "run.read" }

const within = (scope: Scope, resource: Resource): boolean => {
  if (scope === "all" || resource.kind === "server") return true
  if (resource.kind === "entity") return scope.entities?.includes(resource.entity) ?? false
  return (scope.entities?.includes(resource.entity) ?? false) || (scope.projects?.includes(resource.project) ?? false)
}

export class Access {
  readonly #host: HostAuth | null

  constructor(auth: Auth) {
    this.#host = isBuiltIn(auth) ? null : auth
  }

  /** Cheap where nothing but roles decides: no promise is made then. */
  decide(principal: Principal, action: Action, resource: Resource): Decision | Promise<Decision> {
    if (principal.projects !== undefined && !this.#reaches(principal.projects, action, resource)) {
      return resource.kind === "server" || resource.kind === "entity" ? "forbid" : "hide"
    }
    if (principal.actions !== undefined && !principal.actions.includes(action)) return "forbid"
    const host = this.#host
    if (host?.authorize === undefined && host?.scope === undefined) {
      return roleActions[principal.role].has(action) ? "allow" : "forbid"
    }
    return this.#ask(host, principal, action, resource)
  }

  #reaches(projects: ReadonlyArray<string>, action: Action, resource: Resource): boolean {
    if (resource.kind === "project" || resource.kind === "run") return projects.includes(resource.project)
    // Lists are narrowed by scope; nothing else outside its projects is open to a narrowed caller.
    return action === "project.read"
  }

  async #ask(host: HostAuth, principal: Principal, action: Action, resource: Resource): Promise<Decision> {
    if (host.scope !== undefined && !within(await host.scope(principal), resource)) {
      return resource.kind === "entity" ? "forbid" : "hide"
    }
    if (host.authorize === undefined) return roleActions[principal.role].has(action) ? "allow" : "forbid"
    if (await host.authorize(principal, action, resource)) return "allow"
    const read = readOf[resource.kind]
    if (read === undefined) return "forbid"
    return read !== action && (await host.authorize(principal, read, resource)) ? "forbid" : "hide"
  }

  /** The rows that lists and live queries may show. */
  async scopeOf(
    principal: Principal,
    find: (id: string) => Effect.Effect<Project, ProjectNotFound | StoreError>
  ): Promise<Scope> {
    const scope = this.#host?.scope === undefined ? "all" : await this.#host.scope(principal)
    const { projects } = principal
    if (projects === undefined) return scope
    if (scope === "all") return { projects }
    const kept = await Promise.all(
      projects.map(async (id) => {
        if (scope.projects?.includes(id) === true) return [id]
        if (scope.entities === undefined) return []
        const project = await Effect.runPromise(Effect.orElseSucceed(find(id), () => null))
        return project !== null && scope.entities.includes(project.entity) ? [id] : []
      })
    )
    return { projects: kept.flat() }
  }
}
