/** A run's console, live: follow, search, levels, colours, line addresses. Only the lines on screen exist. */
import type { LogLineJson } from "@wanllmdb/core/client"
import { html, nothing, type PropertyValues, type TemplateResult } from "lit"
import { repeat } from "lit/directives/repeat.js"
import { errorMessage } from "../base/errorMessage.ts"
import { saveFile } from "../base/saveFile.ts"
import { boxHeight, contentOffset, scrollTopOf, VirtualScroll } from "../base/VirtualScroll.ts"
import { WlElement } from "../base/WlElement.ts"
import { formatClock, formatMoment } from "../format/formatTime.ts"
import { StoreObserver } from "../store/StoreObserver.ts"
import { ansiSpans } from "./ansi.ts"
import { highlight, searchPattern } from "./highlight.ts"
import { LineHeights } from "./LineHeights.ts"
import {
  type LogLevelFilter,
  LogViewerController,
  type LogViewerEvent,
  type LogViewerState
} from "./LogViewerController.ts"
import { logViewerStyles } from "./logViewerStyles.ts"

const lineHeight = 18
const spare = 8
/** Room at the end of a line, px. */
const textMarginPx = 16

/**
 * @fires wl-line-click - A line number was clicked; cancelable. Detail: `{ index }`.
 * @fires wl-follow-change - Detail: `{ follow }`.
 * @fires wl-wrap-change - Long lines are wrapped, or no longer. Detail: `{ wrap }`.
 * @csspart line - A line.
 */
export class WlLogViewer extends WlElement {
  static override styles = [...WlElement.styles, logViewerStyles]
  static override properties = {
    ...WlElement.properties,
    run: {},
    compact: { type: Boolean, reflect: true },
    line: { type: Number },
    wrap: { type: Boolean, reflect: true }
  }

  /** Id or `entity:project:slug`. */
  declare run: string | null
  /** Without tools and line numbers, for a card. */
  declare compact: boolean
  /** Index of a line to show and mark. */
  declare line: number | null
  /** Whether lines that are wider than the viewer go on below instead of scrolling sideways. */
  declare wrap: boolean
  #controller: LogViewerController | null = null
  #made: ReadonlyArray<unknown> = []
  #typing: ReturnType<typeof setTimeout> | null = null
  #shownMatch = -1
  #lastTop = 0
  #reached: number | null = null
  readonly #observer = new StoreObserver<LogViewerState, LogViewerEvent>(this)
  readonly #scroll = new VirtualScroll(this, (why) => this.#scrolled(why))
  #heights: LineHeights | null = null
  /** Columns that fit beside the line's number and time; 0 while lines are not wrapped. */
  #columns = 0
  /** Line at the upper edge and how far it is scrolled past, or the one that was jumped to: kept in place when lines turn out taller. */
  #anchor: readonly [position: number, px: number] = [0, 0]
  #anchorTop = 0
  /** Scroll position that the anchor asked for: what differs is the reader's own scrolling. */
  #heldTop = 0
  #level: LogLevelFilter = "all"

  constructor() {
    super()
    this.run = null
    this.compact = false
    this.line = null
    this.wrap = false
  }

  get controller(): LogViewerController | null {
    return this.#controller
  }

  override connectedCallback(): void {
    super.connectedCallback()
    this.requestUpdate()
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback()
    this.#controller?.dispose()
    this.#controller = null
    this.#made = []
  }

  /** Moves the focus to the search field. */
  focusFilter(): void {
    this.renderRoot.querySelector("input")?.focus()
  }

  protected override willUpdate(_changed: PropertyValues): void {
    const made = [this.source, this.run]
    if (made.every((part, at) => part === this.#made[at])) return
    this.#made = made
    this.#controller?.dispose()
    this.#reached = null
    const client = this.source
    this.#controller =
      client === null || this.run === null
        ? null
        : new LogViewerController(client, this.run, { follow: this.line === null })
    this.#heights = this.#controller === null ? null : new LineHeights(this.#controller)
    this.#observer.observe(this.#controller)
  }

  protected override render(): TemplateResult {
    const state = this.#controller?.getSnapshot()
    if (state === undefined) return html``
    return html`${this.compact ? nothing : this.#bar(state)}${this.#body(state)}`
  }

  protected override updated(): void {
    const state = this.#controller?.getSnapshot()
    const { scroller } = this.#scroll
    if (state === undefined || scroller === null) return
    const fitted = this.#fit(state.count)
    const match = state.matches?.[state.match] ?? -1
    if (state.level !== this.#level) {
      this.#level = state.level
      this.#anchorAt(0, 0)
    } else if (match !== this.#shownMatch) {
      this.#shownMatch = match
      if (match >= 0 && state.level === "all") this.#anchorAt(match, -this.#scroll.height / 2)
    } else if (this.line !== null && this.#reached !== this.line && state.count > this.line) {
      this.#reached = this.line
      this.#anchorAt(this.line, -this.#scroll.height / 2)
    }
    if (state.follow) scroller.scrollTop = scroller.scrollHeight
    // A box that is about to be drawn anew cannot be scrolled to its new place yet.
    else if (!fitted) this.#hold(state.count)
    if (this.#scroll.measure()) this.requestUpdate()
    const [first, last] = this.#range(state.count)
    this.#controller?.send({ type: "need", first, last })
  }

  /** Settles the heights of wrapped lines by what was just drawn; true when the box has to be drawn anew for it. */
  #fit(count: number): boolean {
    const heights = this.#heights
    const columns = this.wrap ? this.#measureColumns() : 0
    let fitted = columns !== this.#columns
    this.#columns = columns
    if (heights !== null && columns > 0) {
      heights.fit(columns, count)
      for (const line of fitted ? [] : this.renderRoot.querySelectorAll<HTMLElement>(".line[data-at]"))
        if (heights.measured(Number(line.dataset.at), Math.round(line.offsetHeight / lineHeight))) fitted = true
    }
    if (fitted) this.requestUpdate()
    return fitted
  }

  #measureColumns(): number {
    const text = this.renderRoot.querySelector<HTMLElement>(".text")
    const probe = this.renderRoot.querySelector<HTMLElement>(".probe")
    if (text === null || probe === null) return this.#columns
    const room = this.#scroll.scroller!.clientWidth - text.offsetLeft - textMarginPx
    return Math.max(8, Math.floor(room / (probe.getBoundingClientRect().width / 20) + 1e-6))
  }

  /** The line that keeps its place from now on, and how far the upper edge is below its top, px. */
  #anchorAt(position: number, px: number): void {
    this.#anchor = [position, px]
    this.#anchorTop = -1
  }

  /** Puts the anchored line where it belongs, once what is above it has become taller or shorter. */
  #hold(count: number): void {
    const [position, px] = this.#anchor
    const top = this.#topOf(Math.max(0, Math.min(position, count - 1)))
    const scroller = this.#scroll.scroller!
    if (top === this.#anchorTop || count === 0) return
    this.#anchorTop = top
    scroller.scrollTop = Math.max(0, scrollTopOf(top + px, this.#content(count)))
    this.#heldTop = scroller.scrollTop
  }

  #bar(state: LogViewerState): TemplateResult {
    const { matches, match, searching, search, mistake } = state
    const count = matches?.length ?? 0
    const found =
      search === ""
        ? ""
        : matches === null
          ? "Searching"
          : count === 0
            ? searching
              ? "Searching"
              : "No match"
            : `${match + 1} of ${count.toLocaleString("en-US")}${searching || count >= 10_000 ? "+" : ""}`
    const send = (event: LogViewerEvent) => () => this.#controller?.send(event)
    return html`<div class="bar">
      <label class="field"><input type="search" aria-label="Search the log" placeholder="Search, /pattern/ for a regular expression" autocomplete="off" spellcheck="false" @input=${this.#typed} @keydown=${this.#searchKey}><span class="kbd" aria-hidden="true">/</span></label>
      <button class="button" aria-label="Previous match" ?disabled=${count === 0} @click=${send({ type: "match", direction: -1 })}>↑</button>
      <button class="button" aria-label="Next match" ?disabled=${count === 0} @click=${send({ type: "match", direction: 1 })}>↓</button>
      <span class="found sm t3 ${mistake === null ? "" : "mistake"}" aria-live="polite">${mistake ?? found}</span>
      <span class="grow"></span>
      <span class="sm t3">${state.count.toLocaleString("en-US")}${state.more ? "+" : ""} ${state.count === 1 ? "line" : "lines"}</span>
      <select aria-label="Levels" @change=${(event: Event) => this.#controller?.send({ type: "level", level: (event.target as HTMLSelectElement).value as LogLevelFilter })}>
        <option value="all">All levels</option><option value="warn">Warnings and errors</option><option value="error">Errors</option>
      </select>
      <button class="button" aria-pressed=${state.follow} title="f" @click=${() => this.#follow(!state.follow)}>Follow</button>
      <button class="button" aria-pressed=${this.wrap} title="w" @click=${this.#toggleWrap}>Wrap</button>
      <button class="button" @click=${this.#copy}>Copy</button>
      <button class="button" @click=${this.#download}>Download</button>
    </div>`
  }

  #body(state: LogViewerState): TemplateResult {
    if (state.status === "error") return errorMessage(state.error, () => this.#controller?.send({ type: "reload" }))
    if (state.status === "ready" && state.count === 0 && !state.more) {
      return html`<div class="message">${state.level === "all" ? "Nothing was printed yet." : "No line of this level."}</div>`
    }
    const { count } = state
    const [first, last] = this.#range(count)
    if (this.#columns > 0) this.#heights?.fit(this.#columns, count)
    const content = this.#content(count)
    const shift = this.#scroll.top - contentOffset(this.#scroll.top, content)
    const digits = String(count).length
    const pattern = searchPattern(state.search, state.regex)
    const positions = Array.from({ length: Math.max(0, last - first + 1) }, (_, at) => first + at)
    const current = state.matches?.[state.match] ?? this.line
    return html`<div class="scroller" tabindex="0" role="log" aria-live="off" aria-label="Log lines" aria-busy=${state.status === "loading"} @scroll=${this.#scroll.scrolled} @keydown=${this.#keydown}>
      <span class="probe" aria-hidden="true">${"0".repeat(20)}</span>
      <div class="box ${this.wrap ? "wrapped" : ""}" .style=${`height: ${boxHeight(content)}px`}>${repeat(
        positions,
        (position) => position,
        (position) => this.#line(position, this.#topOf(position) + shift, digits, pattern, current)
      )}</div></div>`
  }

  #line(position: number, top: number, digits: number, pattern: RegExp | null, current: number | null): TemplateResult {
    const line: LogLineJson | undefined = this.#controller?.line(position)
    const place = `transform: translateY(${top}px)`
    if (line === undefined) return html`<div class="line" .style=${place}></div>`
    const spans = highlight(ansiSpans(line.text), pattern).map(({ text, style, marked }) =>
      marked
        ? html`<mark .style=${style}>${text}</mark>`
        : style === ""
          ? text
          : html`<span .style=${style}>${text}</span>`
    )
    return html`<div part="line" data-at=${position} class="line ${line.level ?? ""} ${line.index === current ? "current" : ""}" .style=${place}>${
      this.compact
        ? nothing
        : html`<a class="number" tabindex="-1" href="#L${line.index + 1}" .style=${`width: calc(${digits}ch + 24px)`} @click=${(event: MouseEvent) => this.#clicked(event, line.index)}>${line.index + 1}</a>`
    }<span class="time" title=${formatMoment(line.timeMs)}>${formatClock(line.timeMs)}</span><span class="text">${spans}</span></div>`
  }

  #topOf(position: number): number {
    return (this.#columns > 0 ? this.#heights!.rowsBefore(position) : position) * lineHeight
  }

  /** Height of all lines, px. */
  #content(count: number): number {
    return this.#topOf(count)
  }

  #lineAt(offset: number): number {
    const row = Math.floor(offset / lineHeight)
    return this.#columns > 0 ? this.#heights!.lineAt(row) : row
  }

  #range(count: number): readonly [number, number] {
    const offset = contentOffset(this.#scroll.top, this.#content(count))
    const first = Math.max(0, this.#lineAt(offset) - spare)
    // Never more lines than would fit unwrapped: a wrapped one takes at least as much room.
    return [first, Math.min(count - 1, first + Math.ceil(this.#scroll.height / lineHeight) + 2 * spare)]
  }

  #follow(follow: boolean): void {
    this.#controller?.send({ type: "follow", follow })
    this.emit("wl-follow-change", { follow })
  }

  #clicked(event: MouseEvent, index: number): void {
    if (!this.emit("wl-line-click", { index }, true)) event.preventDefault()
    this.#reached = index
    this.line = index
  }

  #scrolled(why: "scroll" | "resize"): void {
    const { scroller, top } = this.#scroll
    const state = this.#controller?.getSnapshot()
    if (scroller === null || state === undefined) return
    const atEnd = top + scroller.clientHeight >= scroller.scrollHeight - 2
    if (why === "scroll" && Math.abs(top - this.#heldTop) > 1) {
      const offset = contentOffset(top, this.#content(state.count))
      const position = Math.min(this.#lineAt(offset), Math.max(0, state.count - 1))
      const up = top < this.#lastTop - 1
      this.#anchorTop = this.#topOf(position)
      this.#anchor = [position, offset - this.#anchorTop]
      this.#heldTop = -9
      if (up && !atEnd && state.follow) this.#follow(false)
    }
    this.#lastTop = top
    this.requestUpdate()
  }

  readonly #toggleWrap = (): void => {
    this.wrap = !this.wrap
    this.emit("wl-wrap-change", { wrap: this.wrap })
  }

  readonly #typed = (event: InputEvent): void => {
    const typed = (event.target as HTMLInputElement).value
    if (this.#typing !== null) clearTimeout(this.#typing)
    this.#typing = setTimeout(() => {
      const pattern = /^\/(.+)\/$/.exec(typed)
      this.#controller?.send({ type: "search", text: pattern?.[1] ?? typed, regex: pattern !== null })
    }, 250)
  }

  readonly #searchKey = (event: KeyboardEvent): void => {
    if (event.key === "Enter") this.#controller?.send({ type: "match", direction: event.shiftKey ? -1 : 1 })
    if (event.key === "Escape") this.renderRoot.querySelector<HTMLElement>(".scroller")?.focus()
  }

  readonly #keydown = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.metaKey || event.altKey) return
    const scroller = this.renderRoot.querySelector<HTMLElement>(".scroller")!
    if (event.key === "n") this.#controller?.send({ type: "match", direction: 1 })
    else if (event.key === "N") this.#controller?.send({ type: "match", direction: -1 })
    else if (event.key === "f") this.#follow(!(this.#controller?.getSnapshot().follow ?? false))
    else if (event.key === "w") this.#toggleWrap()
    else if (event.key === "g") scroller.scrollTop = 0
    else if (event.key === "G") scroller.scrollTop = scroller.scrollHeight
    else if (event.key === "/") this.focusFilter()
    else return
    event.preventDefault()
    event.stopPropagation()
  }

  readonly #copy = async (event: Event): Promise<void> => {
    const button = event.target as HTMLButtonElement
    const selected = getSelection()?.toString() ?? ""
    const text = selected === "" ? (this.#controller?.loadedText() ?? "") : selected
    const done = await navigator.clipboard.writeText(text).then(
      () => "Copied",
      () => "Not allowed"
    )
    button.textContent = done
    setTimeout(() => {
      button.textContent = "Copy"
    }, 1500)
  }

  readonly #download = async (): Promise<void> => {
    const blob = await this.#controller?.download().catch(() => null)
    if (blob === null || blob === undefined) return
    saveFile(blob, `${(this.run ?? "run").replace(/[^\w.-]+/g, "-")}.log`)
  }
}
