/**
 * One WebSocket and its subscriptions. A socket that came without sign-in has five seconds to send a ticket or a token; what
 * it may watch is decided subscription by subscription.
 */
import { InvalidInput, ProjectNotFound, RunNotFound } from "@wanllmdb/core"
import { Effect, Schema } from "effect"
import type { Access } from "../auth/Access.ts"
import type { Identity } from "../auth/Auth.ts"
import type { Engine } from "../engine/Engine.ts"
import { decoder } from "../http/decode.ts"
import { HttpFault, unauthorized } from "../http/HttpFault.ts"
import { problemOf } from "../http/Problem.ts"
import { refusal } from "../route/allowed.ts"
import { parseCursor } from "./LiveCursor.ts"
import type { LiveHub } from "./LiveHub.ts"
import { type LiveQuery, projectTopics, readTopics, runTopics } from "./LiveQuery.ts"
import type { LiveSocket } from "./LiveSocket.ts"
import { type Outlet, Watcher } from "./Watcher.ts"

export const signInMs = 5000
const mostSubscriptions = 1000
const mostMessageChars = 64 * 1024

const Text = Schema.String.check(Schema.isMaxLength(1100))
const Message = Schema.Struct({
  v: Schema.optionalKey(Schema.Literal(1)),
  subscribe: Schema.optionalKey(
    Schema.Struct({
      id: Schema.String.check(Schema.isBetweenLength(1, 128)),
      run: Schema.optionalKey(Text),
      project: Schema.optionalKey(Text),
      topics: Schema.optionalKey(Schema.Array(Text).check(Schema.isMaxLength(10))),
      keys: Schema.optionalKey(Schema.Array(Text).check(Schema.isMaxLength(10_000))),
      cursor: Schema.optionalKey(Text)
    })
  ),
  unsubscribe: Schema.optionalKey(Schema.Struct({ id: Schema.String })),
  signIn: Schema.optionalKey(
    Schema.Struct({ ticket: Schema.optionalKey(Schema.String), token: Schema.optionalKey(Schema.String) })
  )
})
type Message = typeof Message.Type
type Subscribe = NonNullable<Message["subscribe"]>

const decodeMessage = decoder(Message, "message")

export interface LiveConnectionOptions {
  readonly hub: LiveHub
  readonly engine: Engine
  readonly access: Access
  /** Null when nobody signed in yet. */
  readonly identity: Identity | null
  readonly signIn: (message: NonNullable<Message["signIn"]>) => Promise<Identity | null>
  readonly onTrouble: (error: unknown) => void
}

export class LiveConnection {
  readonly #socket: LiveSocket
  readonly #options: LiveConnectionOptions
  readonly #watchers = new Map<string, Watcher>()
  readonly #deadline: ReturnType<typeof setTimeout> | null
  #identity: Identity | null
  #open = true
  /** Messages are handled in order: a subscription after a sign-in waits for it. */
  #turn: Promise<void> = Promise.resolve()

  constructor(socket: LiveSocket, options: LiveConnectionOptions) {
    this.#socket = socket
    this.#options = options
    this.#identity = options.identity
    this.#deadline = this.#identity === null ? setTimeout(() => this.close(4401, "No sign-in"), signInMs) : null
    socket.addEventListener("message", ({ data }) => {
      this.#turn = this.#turn.then(() => this.#receive(data))
    })
    socket.addEventListener("close", () => this.#left())
    socket.addEventListener("error", () => this.#left())
  }

  close(code: number, reason: string) {
    if (!this.#open) return
    this.#left()
    this.#socket.close(code, reason)
  }

  #left() {
    this.#open = false
    if (this.#deadline !== null) clearTimeout(this.#deadline)
    for (const watcher of this.#watchers.values()) this.#options.hub.leave(watcher)
    this.#watchers.clear()
  }

  #send(text: string) {
    if (this.#open) this.#socket.send(text)
  }

  #refuse(id: string | null, error: unknown) {
    const { problem } = problemOf(error)
    if (problem.status === 500) this.#options.onTrouble(error)
    this.#send(JSON.stringify({ v: 1, ...(id !== null && { id }), type: "error", problem }))
  }

  async #receive(data: unknown) {
    if (!this.#open) return
    let id: string | null = null
    try {
      const message = await Effect.runPromise(decodeMessage(parse(data)))
      if (message.signIn !== undefined) await this.#signIn(message.signIn)
      if (message.unsubscribe !== undefined) this.#unsubscribe(message.unsubscribe.id)
      if (message.subscribe !== undefined) {
        id = message.subscribe.id
        await this.#subscribe(message.subscribe)
      }
    } catch (error) {
      this.#refuse(id, error)
    }
  }

  async #signIn(credential: NonNullable<Message["signIn"]>) {
    const identity = await this.#options.signIn(credential)
    if (identity === null) throw unauthorized("The ticket or token is not valid, was used or has expired")
    this.#identity = identity
    if (this.#deadline !== null) clearTimeout(this.#deadline)
  }

  #unsubscribe(id: string) {
    const watcher = this.#watchers.get(id)
    if (watcher === undefined) return
    this.#watchers.delete(id)
    this.#options.hub.leave(watcher)
  }

  async #subscribe(subscribe: Subscribe) {
    const identity = this.#identity
    if (identity === null) throw unauthorized("Send a ticket or a token first")
    this.#unsubscribe(subscribe.id)
    if (this.#watchers.size >= mostSubscriptions) {
      throw new HttpFault({
        status: 429,
        title: "Too many subscriptions",
        detail: `At most ${mostSubscriptions} a socket`
      })
    }
    const query = await this.#queryOf(subscribe, identity)
    if (!this.#open) return
    const watcher = new Watcher(query, identity, this.#outlet(subscribe.id))
    this.#watchers.set(subscribe.id, watcher)
    await this.#options.hub.join(watcher)
    if (this.#watchers.get(subscribe.id) !== watcher) this.#options.hub.leave(watcher)
  }

  #outlet(id: string): Outlet {
    const head = `{"v":1,"id":${JSON.stringify(id)},"type":"`
    return {
      send: (type, cursor, body) => this.#send(`${head}${type}","cursor":"${cursor}"${body}}`),
      backlogBytes: () => this.#socket.bufferedAmount ?? 0,
      // The hub ends watchers when it closes or a sign-in runs out: both end the whole socket.
      end: () =>
        this.#options.hub.closed ? this.close(1001, "The server is closing") : this.close(4401, "The sign-in ran out")
    }
  }

  async #queryOf(subscribe: Subscribe, identity: Identity): Promise<LiveQuery> {
    const { access, engine } = this.#options
    const { principal } = identity
    const cursor = parseCursor(subscribe.cursor)
    if (cursor === null) throw fault("subscribe.cursor", "a cursor that this server gave", subscribe.cursor)
    if ((subscribe.run === undefined) === (subscribe.project === undefined)) {
      throw fault("subscribe", "either a run or a project", subscribe.run === undefined ? "neither" : "both")
    }
    if (subscribe.run !== undefined) {
      const located = await Effect.runPromise(engine.runs.locate(subscribe.run))
      const { entity, id: run, project } = located
      const decision = await access.decide(principal, "run.read", { kind: "run", entity, project, run })
      if (decision === "hide") throw new RunNotFound({ run: subscribe.run })
      if (decision === "forbid") throw refusal("run.read", principal)
      const topics = await Effect.runPromise(readTopics(subscribe.topics ?? runTopics, runTopics, "subscribe.topics"))
      return { kind: "run", run, project, topics, keys: subscribe.keys ?? null, cursor }
    }
    const ref = subscribe.project ?? ""
    const { entity, id: project, visibility } = await Effect.runPromise(engine.projects.get(ref))
    const decision = await access.decide(principal, "run.read", { kind: "project", entity, project, visibility })
    if (decision === "hide") throw new ProjectNotFound({ project: ref })
    if (decision === "forbid") throw refusal("run.read", principal)
    const topics = await Effect.runPromise(
      readTopics(subscribe.topics ?? projectTopics, projectTopics, "subscribe.topics")
    )
    return { kind: "project", project, scope: await access.scopeOf(principal, engine.projects.get), topics, cursor }
  }
}

const fault = (path: string, rule: string, got: string | undefined) =>
  new InvalidInput({ faults: [{ path, rule, got: got ?? "nothing" }] })

const parse = (data: unknown): unknown => {
  if (typeof data !== "string") throw fault("message", "a text message", "bytes")
  if (data.length > mostMessageChars)
    throw fault("message", `at most ${mostMessageChars} characters`, String(data.length))
  try {
    return JSON.parse(data)
  } catch {
    throw fault("message", "JSON", data.slice(0, 40))
  }
}
