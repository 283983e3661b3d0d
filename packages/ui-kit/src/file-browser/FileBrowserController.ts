/** The files of a run, page after page, with new ones as they come. */
import type { LiveSubscription, RunFileJson, WanllmdbClient } from "@wanllmdb/core/client"
import { describeError, isAbort } from "../format/describeError.ts"
import { BaseStore } from "../store/Store.ts"

export interface FileBrowserState {
  readonly status: "loading" | "ready" | "error"
  readonly error: unknown
  /** By path. */
  readonly files: ReadonlyArray<RunFileJson>
  readonly more: boolean
  /** Why a file could not be read. */
  readonly notice: string | null
}

export type FileBrowserEvent = { readonly type: "reload" | "more" }

const byPath = (a: RunFileJson, b: RunFileJson): number => (a.path < b.path ? -1 : 1)

export class FileBrowserController extends BaseStore<FileBrowserState, FileBrowserEvent> {
  readonly #client: WanllmdbClient
  readonly #run: string
  #next: string | null = null
  readonly #live: LiveSubscription

  constructor(client: WanllmdbClient, run: string) {
    super({ status: "loading", error: null, files: [], more: false, notice: null })
    this.#client = client
    this.#run = run
    this.#live = client.live({ run, topics: ["files"] }, (message) => {
      if (message.type === "files") this.update({ files: merged(this.getSnapshot().files, message.files) })
    })
    void this.#load(false)
  }

  /** The file's bytes, or null with the reason in `notice`. */
  async read(path: string): Promise<Blob | null> {
    try {
      return await this.#client.files.get(this.#run, path, { signal: this.abort.signal })
    } catch (error) {
      if (!isAbort(error)) this.update({ notice: describeError(error).detail })
      return null
    }
  }

  protected receive(event: FileBrowserEvent): void {
    void this.#load(event.type === "more")
  }

  protected override released(): void {
    this.#live.close()
  }

  async #load(more: boolean): Promise<void> {
    if (!more) this.update({ status: "loading", error: null })
    try {
      const query = more && this.#next !== null ? { cursor: this.#next } : {}
      const page = await this.#client.files.list(this.#run, query, { signal: this.abort.signal })
      this.#next = page.next
      const files = more ? merged(this.getSnapshot().files, page.items) : page.items
      this.update({ status: "ready", files: [...files].sort(byPath), more: page.next !== null })
    } catch (error) {
      if (!isAbort(error)) this.update({ status: "error", error })
    }
  }
}

const merged = (known: ReadonlyArray<RunFileJson>, news: ReadonlyArray<RunFileJson>): ReadonlyArray<RunFileJson> => {
  const files = new Map(known.map((file) => [file.path, file]))
  for (const file of news) files.set(file.path, file)
  return [...files.values()].sort(byPath)
}
