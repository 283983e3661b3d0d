/** Makes a project, or changes, deletes and restores one that is there. */
import type { ProjectJson, WanllmdbClient } from "@wanllmdb/core/client"
import { isAbort } from "../format/describeError.ts"
import { BaseStore } from "../store/Store.ts"

export interface ProjectFields {
  readonly name: string
  /** Empty: made from the name. */
  readonly slug: string
  readonly description: string
  readonly visibility: ProjectJson["visibility"]
  readonly tags: ReadonlyArray<string>
}

export interface ProjectFormState {
  readonly status: "loading" | "ready" | "error"
  readonly error: unknown
  /** Null while a new one is being described. */
  readonly project: ProjectJson | null
  /** How often it was saved; grows when a save succeeds. */
  readonly saved: number
  readonly busy: boolean
  readonly notice: unknown
}

export type ProjectFormEvent =
  | { readonly type: "save"; readonly fields: ProjectFields }
  | { readonly type: "delete" | "restore" | "reload" }

export class ProjectFormController extends BaseStore<ProjectFormState, ProjectFormEvent> {
  readonly #client: WanllmdbClient
  readonly #ref: string | null

  /** `project` is an id or `entity:slug`; null makes a new one. */
  constructor(client: WanllmdbClient, project: string | null) {
    super({
      status: project === null ? "ready" : "loading",
      error: null,
      project: null,
      saved: 0,
      busy: false,
      notice: null
    })
    this.#client = client
    this.#ref = project
    if (project !== null) void this.#load(project)
  }

  protected receive(event: ProjectFormEvent): void {
    const { project } = this.getSnapshot()
    if (event.type === "save") void this.#change((options) => this.#save(event.fields, options))
    else if (event.type === "reload") {
      if (this.#ref !== null) void this.#load(this.#ref)
    } else if (project !== null && event.type === "delete") {
      void this.#change(async (options) => {
        await this.#client.projects.delete(project.id, options)
        return { ...project, deletedAt: new Date().toISOString() }
      })
    } else if (project !== null) void this.#change((options) => this.#client.projects.restore(project.id, options))
  }

  #save(fields: ProjectFields, options: { readonly signal: AbortSignal }): Promise<ProjectJson> {
    const { slug, ...rest } = fields
    const { project } = this.getSnapshot()
    const input = slug === "" ? rest : { ...rest, slug }
    return project === null
      ? this.#client.projects.create(input, options)
      : this.#client.projects.update(project.id, input, options)
  }

  async #load(ref: string): Promise<void> {
    this.update({ status: "loading", error: null })
    try {
      this.update({ status: "ready", project: await this.#client.projects.get(ref, { signal: this.abort.signal }) })
    } catch (error) {
      if (!isAbort(error)) this.update({ status: "error", error })
    }
  }

  async #change(call: (options: { readonly signal: AbortSignal }) => Promise<ProjectJson>): Promise<void> {
    this.update({ busy: true, notice: null })
    try {
      const project = await call({ signal: this.abort.signal })
      this.update({ busy: false, project, saved: this.getSnapshot().saved + 1 })
    } catch (error) {
      if (!isAbort(error)) this.update({ busy: false, notice: error })
    }
  }
}
