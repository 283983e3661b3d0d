/** API keys: make one, copy it once, see when each was last used, revoke it. */
import type { ApiKeyJson } from "@wanllmdb/core/client"
import { css, html, nothing, type TemplateResult } from "lit"
import { errorMessage } from "../base/errorMessage.ts"
import { WlElement } from "../base/WlElement.ts"
import { describeError } from "../format/describeError.ts"
import { formatAge } from "../format/formatTime.ts"
import { StoreObserver } from "../store/StoreObserver.ts"
import { ApiKeysController, type ApiKeysEvent, type ApiKeysState } from "./ApiKeysController.ts"

const roles: ReadonlyArray<readonly [ApiKeyJson["role"], string]> = [
  ["member", "Member: read and write"],
  ["viewer", "Viewer: read"],
  ["ingest", "Ingest: write runs only"],
  ["admin", "Admin: everything"]
]

/**
 * @fires wl-action - Before a key is made or revoked; cancelable. Detail: `{ action }`.
 * @csspart key - A key's row.
 */
export class WlApiKeys extends WlElement {
  static override styles = [
    ...WlElement.styles,
    css`
      form { display: flex; flex-wrap: wrap; gap: 8px; margin-bottom: 12px; }
      form .field { flex: 1 1 200px; }
      select { height: var(--wl-control); padding: 0 6px; border: 1px solid var(--wl-line); border-radius: var(--wl-r); background: var(--wl-surface); font-size: 12px; }
      .made { display: grid; gap: 8px; margin-bottom: 12px; padding: 12px; border-color: var(--wl-accent); }
      .made .line { display: flex; gap: 8px; align-items: center; }
      code { flex: 1; min-width: 0; padding: 4px 8px; border-radius: var(--wl-r); background: var(--wl-sunken); font-family: var(--wl-mono); font-size: 12px; line-height: 20px; overflow-wrap: anywhere; user-select: all; }
      .list { padding: 0; overflow: hidden; }
      li { display: grid; grid-template-columns: minmax(0, 1fr) 72px 110px auto; gap: 12px; align-items: center; min-height: 40px; padding: 2px 6px 2px 12px; font-size: 12px; line-height: 18px; }
      li + li { border-top: 1px solid var(--wl-line); }
      .notice { margin-bottom: 8px; color: var(--wl-fail); }
      @media (max-width: 700px) { li { grid-template-columns: minmax(0, 1fr) auto auto; } .age { display: none; } }
    `
  ]
  static override properties = { ...WlElement.properties, revoking: { state: true } }

  declare protected revoking: string | null
  #controller: ApiKeysController | null = null
  #madeFor: unknown = null
  readonly #observer = new StoreObserver<ApiKeysState, ApiKeysEvent>(this)

  constructor() {
    super()
    this.revoking = null
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback()
    this.#controller?.dispose()
    this.#madeFor = null
  }

  protected override willUpdate(): void {
    const client = this.source
    if (client === this.#madeFor) return
    this.#madeFor = client
    this.#controller?.dispose()
    this.#controller = client === null ? null : new ApiKeysController(client)
    this.#observer.observe(this.#controller)
  }

  protected override render(): TemplateResult {
    const state = this.#controller?.getSnapshot()
    if (state === undefined) return html``
    if (state.status === "error") return errorMessage(state.error, () => this.#controller?.send({ type: "reload" }))
    return html`${state.made === null ? nothing : this.#made(state.made)}
      <form @submit=${this.#create}>
        <span class="field"><input name="name" aria-label="What the key is for" placeholder="What the key is for, e.g. laptop" autocomplete="off" maxlength="256"></span>
        <select name="role" aria-label="What the key may do">${roles.map(([role, label]) => html`<option value=${role}>${label}</option>`)}</select>
        <button class="button primary" ?disabled=${state.busy}>Make a key</button>
      </form>
      ${state.notice === null ? nothing : html`<p class="notice sm" role="alert">${describeError(state.notice).detail}</p>`}
      ${
        state.keys.length === 0
          ? html`<div class="card message">${state.status === "loading" ? "" : "There are no keys yet. On this machine, in local mode, none is needed."}</div>`
          : html`<ul class="card list" aria-label="Keys">${state.keys.map((key) => this.#row(key, state.busy))}</ul>`
      }`
  }

  #made(key: string): TemplateResult {
    return html`<div class="card made" role="status"><span class="strong">Copy the key now; it is not shown again.</span>
      <div class="line"><code>${key}</code><button class="button primary" @click=${(event: Event) => this.#copy(event, key)}>Copy</button></div>
      <span class="sm t2">Set it as <span class="mono">WANLLMDB_API_KEY</span>, or paste it where <span class="mono">wandb login</span> asks.</span>
      <span><button class="button" @click=${() => this.#controller?.send({ type: "forget" })}>Done</button></span></div>`
  }

  #row({ id, name, role, user, lastUsedAt }: ApiKeyJson, busy: boolean): TemplateResult {
    const asked = this.revoking === id
    const used =
      lastUsedAt === null
        ? "never used"
        : `used ${formatAge(Date.parse(lastUsedAt), Date.now())} ago`.replace("now ago", "just now")
    return html`<li part="key"><span class="clip"><span class="strong">${name === "" ? "Unnamed" : name}</span> <span class="t3">${user}</span></span><span class="t2">${role}</span><span class="t3 age">${used}</span>
      ${
        asked
          ? html`<span><button class="button primary" ?disabled=${busy} @click=${() => this.#revoke(id)}>Revoke</button> <button class="button" @click=${() => {
              this.revoking = null
            }}>Keep</button></span>`
          : html`<button class="button quiet" aria-label="Revoke ${name}" @click=${() => {
              this.revoking = id
            }}>Revoke</button>`
      }</li>`
  }

  readonly #create = (event: SubmitEvent): void => {
    event.preventDefault()
    const form = event.target as HTMLFormElement
    const data = new FormData(form)
    const role = roles.find(([known]) => known === data.get("role"))?.[0] ?? "member"
    if (!this.emit("wl-action", { action: "create-key" }, true)) return
    this.#controller?.send({ type: "create", name: String(data.get("name") ?? "").trim(), role })
    form.reset()
  }

  #revoke(id: string): void {
    this.revoking = null
    if (this.emit("wl-action", { action: "revoke-key" }, true)) this.#controller?.send({ type: "revoke", id })
  }

  async #copy(event: Event, key: string): Promise<void> {
    const button = event.target as HTMLButtonElement
    button.textContent = await navigator.clipboard.writeText(key).then(
      () => "Copied",
      () => "Select and copy"
    )
  }
}
