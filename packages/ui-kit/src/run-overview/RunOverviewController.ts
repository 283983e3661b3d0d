/** One run as it is now: its record, its keys with best values, what its config differs in from a baseline, kept live. */
import type { LiveStatus, LiveSubscription, MetricKeyJson, RunJson, WanllmdbClient } from "@wanllmdb/core/client"
import { isAbort } from "../format/describeError.ts"
import { BaseStore } from "../store/Store.ts"

export type RunAction = "stop" | "pause" | "resume" | "finish" | "delete" | "restore"

export interface RunOverviewState {
  readonly status: "loading" | "ready" | "error"
  readonly error: unknown
  readonly run: RunJson | null
  readonly keys: ReadonlyArray<MetricKeyJson>
  /** Config of the run that this one is compared with. */
  readonly baseline: { readonly name: string; readonly config: RunJson["config"] } | null
  readonly live: LiveStatus
  readonly busy: RunAction | null
  /** A failed action, shown beside what stays. */
  readonly notice: unknown
}

export type RunOverviewEvent =
  | { readonly type: "reload" | "forgetNotice" }
  | { readonly type: "act"; readonly action: RunAction }
  | { readonly type: "edit"; readonly name?: string; readonly notes?: string; readonly tags?: ReadonlyArray<string> }

/** Least time between two readings of all keys while points keep coming; the first of them is shown at once. */
const refreshKeysMs = 1000

export interface RunOverviewOptions {
  readonly client: WanllmdbClient
  /** Id or `entity:project:slug`. */
  readonly run: string
  /** Another run to compare the config with. */
  readonly baseline?: string | null
}

export class RunOverviewController extends BaseStore<RunOverviewState, RunOverviewEvent> {
  readonly #client: WanllmdbClient
  readonly #name: string
  readonly #baseline: string | null
  #live: LiveSubscription | null = null
  #timer: ReturnType<typeof setTimeout> | null = null
  #keysReadAt = Number.NEGATIVE_INFINITY

  constructor({ client, run, baseline = null }: RunOverviewOptions) {
    super({
      status: "loading",
      error: null,
      run: null,
      keys: [],
      baseline: null,
      live: "connecting",
      busy: null,
      notice: null
    })
    this.#client = client
    this.#name = run
    this.#baseline = baseline
    void this.#load()
  }

  protected receive(event: RunOverviewEvent): void {
    if (event.type === "reload") void this.#load()
    else if (event.type === "forgetNotice") this.update({ notice: null })
    else if (event.type === "act") void this.#act(event.action)
    else {
      const { type: _, ...patch } = event
      void this.#change(null, (run) => this.#client.runs.update(run, patch, { signal: this.abort.signal }))
    }
  }

  protected override released(): void {
    this.#live?.close()
    if (this.#timer !== null) clearTimeout(this.#timer)
  }

  async #load(): Promise<void> {
    const options = { signal: this.abort.signal }
    if (this.getSnapshot().run === null) this.update({ status: "loading", error: null })
    try {
      const run = await this.#client.runs.get(this.#name, options)
      this.update({ status: "ready", error: null, run })
      this.#live ??= this.#client.live(
        { run: run.id, topics: ["run", "points"] },
        (message) => {
          if (message.type === "run") this.update({ run: message.run })
          else if (message.type === "points") this.#keysSoon()
          else if (message.type === "reset") void this.#load()
        },
        (live) => this.update({ live })
      )
      await Promise.all([this.#readKeys(), this.#readBaseline()])
    } catch (error) {
      if (!isAbort(error)) this.update(this.getSnapshot().run === null ? { status: "error", error } : { notice: error })
    }
  }

  #keysSoon(): void {
    this.#timer ??= setTimeout(
      () => {
        this.#timer = null
        // A failed refresh leaves the values that are there; the next points ask again.
        this.#readKeys().catch(() => undefined)
      },
      Math.max(0, this.#keysReadAt + refreshKeysMs - performance.now())
    )
  }

  async #readKeys(): Promise<void> {
    this.#keysReadAt = performance.now()
    const page = await this.#client.metrics.keys(
      this.getSnapshot().run!.id,
      { limit: 1000 },
      { signal: this.abort.signal }
    )
    this.update({ keys: page.items })
  }

  async #readBaseline(): Promise<void> {
    if (this.#baseline === null) return
    const { name, slug, config } = await this.#client.runs.get(this.#baseline, { signal: this.abort.signal })
    this.update({ baseline: { name: name === "" ? slug : name, config } })
  }

  async #act(action: RunAction): Promise<void> {
    const { runs } = this.#client
    const options = { signal: this.abort.signal }
    await this.#change(action, async (run) => {
      if (action === "finish") return runs.finish(run, { state: "finished" }, options)
      if (action !== "delete") return runs[action](run, options)
      await runs.delete(run, options)
      return { ...this.getSnapshot().run!, deletedAt: new Date().toISOString() }
    })
  }

  async #change(busy: RunAction | null, call: (run: string) => Promise<RunJson>): Promise<void> {
    const { run } = this.getSnapshot()
    if (run === null) return
    this.update({ busy, notice: null })
    try {
      this.update({ run: await call(run.id), busy: null })
    } catch (error) {
      if (!isAbort(error)) this.update({ busy: null, notice: error })
    }
  }
}
