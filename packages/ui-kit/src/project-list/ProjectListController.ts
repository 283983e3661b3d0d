/** The projects a reader may see, searched and sorted by the server, page after page. */
import type { ProjectJson, WanllmdbClient } from "@wanllmdb/core/client"
import { isAbort } from "../format/describeError.ts"
import { BaseStore } from "../store/Store.ts"

export type ProjectSort = "-activity" | "name" | "-created"

export interface ProjectListState {
  readonly status: "loading" | "ready" | "error"
  readonly error: unknown
  readonly search: string
  readonly sort: ProjectSort
  /** Whether deleted projects are listed instead. */
  readonly deleted: boolean
  readonly projects: ReadonlyArray<ProjectJson>
  /** Whether more can be loaded. */
  readonly more: boolean
}

export type ProjectListEvent =
  | { readonly type: "search"; readonly text: string }
  | { readonly type: "sort"; readonly sort: ProjectSort }
  | { readonly type: "deleted"; readonly deleted: boolean }
  | { readonly type: "restore"; readonly id: string }
  | { readonly type: "more" | "reload" }

export class ProjectListController extends BaseStore<ProjectListState, ProjectListEvent> {
  readonly #client: WanllmdbClient
  #next: string | null = null
  #round = 0

  constructor(client: WanllmdbClient, start: { readonly search?: string; readonly sort?: ProjectSort } = {}) {
    super({
      status: "loading",
      error: null,
      search: start.search ?? "",
      sort: start.sort ?? "-activity",
      deleted: false,
      projects: [],
      more: false
    })
    this.#client = client
    void this.#load(false)
  }

  protected receive(event: ProjectListEvent): void {
    if (event.type === "search") {
      if (event.text === this.getSnapshot().search) return
      this.update({ search: event.text })
    } else if (event.type === "restore") {
      void this.#restore(event.id)
      return
    } else if (event.type === "deleted") this.update({ deleted: event.deleted, projects: [] })
    else if (event.type === "sort") this.update({ sort: event.sort })
    void this.#load(event.type === "more")
  }

  async #restore(id: string): Promise<void> {
    try {
      await this.#client.projects.restore(id, { signal: this.abort.signal })
      await this.#load(false)
    } catch (error) {
      if (!isAbort(error)) this.update({ status: "error", error })
    }
  }

  async #load(more: boolean): Promise<void> {
    const round = ++this.#round
    const { search, sort, deleted, projects } = this.getSnapshot()
    if (!more && projects.length === 0) this.update({ status: "loading", error: null })
    try {
      const query = {
        search: search.trim() === "" ? undefined : search.trim(),
        sort,
        deleted,
        limit: 100,
        cursor: more ? (this.#next ?? undefined) : undefined
      }
      const page = await this.#client.projects.list(query, { signal: this.abort.signal })
      if (round !== this.#round) return
      this.#next = page.next
      this.update({
        status: "ready",
        error: null,
        projects: more ? [...projects, ...page.items] : page.items,
        more: page.next !== null
      })
    } catch (error) {
      if (round === this.#round && !isAbort(error)) this.update({ status: "error", error })
    }
  }
}
