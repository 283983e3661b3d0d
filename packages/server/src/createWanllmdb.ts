/** Composes stores, engine, routes and live streams into what a host mounts. Never listens, exits or installs global handlers. */
import { randomBytes } from "node:crypto"
import { Migrations, type Principal } from "@wanllmdb/core"
import { Data, Effect, ManagedRuntime } from "effect"
import { Access } from "./auth/Access.ts"
import { type Auth, localAuth } from "./auth/Auth.ts"
import { LivingKeys } from "./auth/LivingKeys.ts"
import { SignIn } from "./auth/SignIn.ts"
import { Tokens } from "./auth/Tokens.ts"
import { Background } from "./engine/Background.ts"
import { type Engine, resolveEngine } from "./engine/Engine.ts"
import { engineLayer, type Stores } from "./engine/engineLayer.ts"
import { useNativeCrc32 } from "./engine/nativeCrc32.ts"
import { readSignals } from "./engine/signalReader.ts"
import type { ApiRequest, ApiResponse } from "./http/ApiRequest.ts"
import { Application } from "./http/Application.ts"
import { makeFetchHandler } from "./http/fetchHandler.ts"
import { HttpFault } from "./http/HttpFault.ts"
import { normaliseBase } from "./http/mountPath.ts"
import { makeNodeListener } from "./http/nodeListener.ts"
import type { Plugin } from "./http/Plugin.ts"
import { problemOf, problemResponse } from "./http/Problem.ts"
import { ServerMetrics } from "./http/ServerMetrics.ts"
import { SystemPages } from "./http/SystemPages.ts"
import { type ConnectRequest, fromConnect } from "./live/connectRequest.ts"
import { LiveHub } from "./live/LiveHub.ts"
import { LiveServer } from "./live/LiveServer.ts"
import { makeSecret } from "./live/tickets.ts"
import { promiseApi } from "./promiseApi.ts"
import { IdempotencyCache } from "./route/IdempotencyCache.ts"
import type { ServerParts } from "./route/Route.ts"
import type { LiveAdmission, Wanllmdb } from "./Wanllmdb.ts"

export interface WanllmdbOptions extends Stores {
  /** Default `localAuth()`: only this machine's own user. */
  readonly auth?: Auth | undefined
  /** Sign embed tokens and session cookies: the first signs, all are accepted. Default: random, so that a restart ends them. */
  readonly secrets?: ReadonlyArray<string> | undefined
  /** Origins of pages on other hosts that may call, such as `https://app.example.com`. Default none. */
  readonly trustedOrigins?: ReadonlyArray<string> | undefined
  readonly plugins?: ReadonlyArray<Plugin> | undefined
  /** Prefix of the mount, such as `/ml`. Under Express it is known without. */
  readonly basePath?: string | undefined
  /** Hears of failures that are the server's own. Default: one line on stderr. */
  readonly onError?: ((error: unknown) => void) | undefined
  /** Bytes of bodies under way together before the answer is 503. Default 256 MiB. */
  readonly bodyBudgetBytes?: number | undefined
}

/** A call came after `close`. */
export class WanllmdbClosed extends Data.TaggedError("WanllmdbClosed") {
  override get message() {
    return "This wanLLMDB instance was closed"
  }
}

interface Running {
  readonly engine: Engine
  readonly application: Application
  readonly liveServer: LiveServer
  readonly close: () => Promise<void>
}

/** How long `close` waits for calls that are under way. */
const drainMs = 5000
const signInLinkMs = 10 * 60_000

const now = () => Date.now()

const printError = (error: unknown) => console.error("wanLLMDB:", error)

export const createWanllmdb = (options: WanllmdbOptions): Wanllmdb => {
  const basePath = normaliseBase(options.basePath)
  const auth = options.auth ?? localAuth()
  const secrets = options.secrets ?? []
  const tokens = new Tokens(secrets.length > 0 ? secrets : [randomBytes(32).toString("base64url")], now)
  const onTrouble = options.onError ?? printError
  useNativeCrc32()
  const runtime = ManagedRuntime.make(engineLayer(options))
  let running: Running | null = null
  let closing: Promise<void> | null = null

  const start = async (): Promise<Running> => {
    const engine = await runtime.runPromise(resolveEngine)
    const measures = new ServerMetrics()
    const access = new Access(auth)
    const keys = new LivingKeys(() => Effect.runPromise(engine.keys.list), now)
    const live = new LiveHub({ engine, measures, keys, now, onTrouble })
    const findKey = (key: string) => Effect.runPromise(engine.keys.authenticate(key))
    const signIn = new SignIn({ auth, tokens, findKey, keys })
    const parts: ServerParts = {
      engine,
      tokens,
      access,
      live,
      measures,
      repeats: new IdempotencyCache(now),
      basePath,
      now
    }
    const describe = () => ({
      storageAdapter: { kind: options.storage.kind, ...options.storage.describe() },
      blobAdapter: { kind: options.blobs.kind, ...options.blobs.describe() }
    })
    const application = new Application({
      parts,
      signIn,
      pages: new SystemPages({ engine, tokens, measures, now, describe }),
      trustedOrigins: options.trustedOrigins ?? [],
      plugins: options.plugins ?? [],
      onTrouble,
      mostBodyBytes: options.bodyBudgetBytes ?? 256 * 1024 * 1024,
      isClosed: () => closing !== null
    })
    const liveServer = new LiveServer({ parts, signIn, refuseForeign: application.refuseForeign, onTrouble })
    const background = new Background(engine, onTrouble)
    const stopSignals = readSignals(engine.events, (signal) => {
      live.notify(signal)
      background.note(signal)
    })
    running = {
      engine,
      application,
      liveServer,
      close: async () => {
        liveServer.close()
        live.close()
        await application.idle(drainMs)
        await stopSignals()
        await background.close()
        measures.close()
      }
    }
    return running
  }

  const started = start()
  started.catch(() => undefined)
  const ready = started.then(() => undefined)
  ready.catch(() => undefined)

  const engine = async (): Promise<Engine> => {
    if (closing !== null) throw new WanllmdbClosed()
    return (running ?? (await started)).engine
  }

  const notOpen = (error: unknown): ApiResponse => {
    onTrouble(error)
    return problemResponse(new HttpFault({ status: 503, title: "Not open", detail: "The stores could not be opened" }))
  }

  const respond = (request: ApiRequest): Promise<ApiResponse> =>
    running !== null
      ? running.application.respond(request)
      : started.then(({ application }) => application.respond(request), notOpen)

  const migrations = <A>(use: (service: Migrations["Service"]) => Effect.Effect<A, unknown>): Promise<A> =>
    runtime.runPromise(Effect.flatMap(Migrations, use))

  const admit = async (request: ConnectRequest, peer?: string): Promise<LiveAdmission> => {
    const { liveServer } = running ?? (await started)
    const incoming = fromConnect(request, basePath, peer ?? null)
    if (incoming === null) return { admitted: false, status: 404, detail: "Nothing is here" }
    if (closing !== null) return { admitted: false, status: 503, detail: "The server is closing" }
    try {
      const identity = await liveServer.admit(incoming)
      return { admitted: true, connect: (socket) => liveServer.connect(socket, incoming, identity) }
    } catch (error) {
      const { problem } = problemOf(error)
      if (problem.status === 500) onTrouble(error)
      return { admitted: false, status: problem.status, detail: problem.detail }
    }
  }

  return {
    ready,
    handler: makeFetchHandler(respond, basePath),
    nodeListener: makeNodeListener(respond, basePath),
    basePath,
    admit,
    async connect(socket, request, peer) {
      const admission = await admit(request, peer)
      if (admission.admitted) admission.connect(socket)
      else socket.close(4403, admission.detail.slice(0, 120))
    },
    ...promiseApi(engine),
    migrations: {
      plan: () => migrations((service) => service.plan),
      run: () => migrations((service) => service.run),
      sql: () => migrations((service) => service.sql)
    },
    tokens: {
      mint: (mintOptions) => tokens.mint(mintOptions),
      signInLink: async (given = { id: "admin" }) => {
        const { identity } = await engine()
        const principal: Principal = { name: given.id, role: "admin", ...given, via: "cookie" }
        const code = await Effect.runPromise(makeSecret(identity, "sign-in", principal, now() + signInLinkMs))
        return `${basePath}/login?code=${code}`
      }
    },
    close: () => {
      closing ??= (async () => {
        await started.then(
          ({ close }) => close(),
          () => undefined
        )
        await runtime.dispose()
      })()
      return closing
    }
  }
}
