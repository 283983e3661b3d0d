/** The engine's operations as promises that reject with the tagged errors themselves. */
import type { RunId } from "@wanllmdb/core"
import { Cause, Effect, Exit, Stream } from "effect"
import type { Engine } from "./engine/Engine.ts"
import type { Wanllmdb } from "./Wanllmdb.ts"

type Calls = Pick<Wanllmdb, "projects" | "runs" | "metrics" | "logs" | "files" | "keys">

const unwrap = <A>(exit: Exit.Exit<A, unknown>): A => {
  if (Exit.isSuccess(exit)) return exit.value
  throw Cause.squash(exit.cause)
}

const noOptions = { user: null }

export const promiseApi = (engine: () => Promise<Engine>): Calls => {
  const run = async <A>(use: (engine: Engine) => Effect.Effect<A, unknown>): Promise<A> => {
    const ready = await engine()
    return unwrap(await Effect.runPromiseExit(use(ready)))
  }
  async function* iterate<A>(
    use: (engine: Engine, run: (ref: string) => Promise<RunId>) => Promise<Stream.Stream<A, unknown>>
  ) {
    const ready = await engine()
    const stream = await use(ready, async (ref) => unwrap(await Effect.runPromiseExit(ready.runs.locate(ref))).id)
    yield* Stream.toAsyncIterable(stream)
  }
  const onRun = <A>(ref: string, use: (engine: Engine, id: RunId) => Effect.Effect<A, unknown>): Promise<A> =>
    run((ready) => Effect.flatMap(ready.runs.locate(ref), ({ id }) => use(ready, id)))
  return {
    projects: {
      create: (input) => run(({ projects }) => projects.create(input)),
      ensure: (entity, slug) => run(({ projects }) => projects.ensure(entity, slug)),
      get: (ref) => run(({ projects }) => projects.get(ref)),
      list: (query) => run(({ projects }) => projects.list({ scope: "all", ...query })),
      update: (ref, patch) => run(({ projects }) => projects.update(ref, patch)),
      delete: (ref) => run(({ projects }) => projects.delete(ref)),
      restore: (ref) => run(({ projects }) => projects.restore(ref))
    },
    runs: {
      create: ({ project, ...input }, options) =>
        run(({ projects, runs }) =>
          Effect.flatMap(projects.get(project), (found) => runs.create(found, input, { ...noOptions, ...options }))
        ),
      get: (ref) => run(({ runs }) => runs.get(ref)),
      search: ({ project, ...query }) =>
        run(({ projects, search }) =>
          Effect.flatMap(projects.get(project), ({ id }) => search.search({ ...query, project: id }))
        ),
      fields: (project, prefix) =>
        run(({ projects, search }) => Effect.flatMap(projects.get(project), ({ id }) => search.fields(id, prefix))),
      update: (ref, patch) => run(({ runs }) => runs.update(ref, patch)),
      finish: (ref, end) => run(({ runs }) => runs.finish(ref, end)),
      heartbeat: (ref) => run(({ runs }) => runs.heartbeat(ref)),
      pause: (ref) => run(({ runs }) => runs.pause(ref)),
      resume: (ref) => run(({ runs }) => runs.resume(ref)),
      stop: (ref) => run(({ runs }) => runs.requestStop(ref)),
      rewind: (ref, step) => run(({ runs }) => runs.rewind(ref, step)),
      delete: (ref) => run(({ runs }) => runs.delete(ref)),
      restore: (ref) => run(({ runs }) => runs.restore(ref)),
      setConfig: (ref, config) => run(({ runs }) => runs.setConfig(ref, config)),
      configVersions: (ref) => run(({ runs }) => runs.configVersions(ref)),
      addTags: (ref, tags) => run(({ runs }) => runs.addTags(ref, tags)),
      removeTag: (ref, tag) => run(({ runs }) => runs.removeTag(ref, tag)),
      bulk: (change) => run(({ runs }) => runs.bulk(change))
    },
    metrics: {
      append: (ref, body, writer) =>
        onRun(ref, ({ metrics }, id) =>
          body instanceof Uint8Array ? metrics.appendFrame(id, body, writer) : metrics.appendJson(id, body, writer)
        ),
      keys: (ref, query) => onRun(ref, ({ metrics }, id) => metrics.keys({ ...query, run: id })),
      registerKeys: (ref, names) => onRun(ref, ({ metrics }, id) => metrics.registerKeys(id, names)),
      define: (ref, definition) => onRun(ref, ({ metrics }, id) => metrics.define(id, definition)),
      definitions: (ref) => onRun(ref, ({ metrics }, id) => metrics.definitions(id)),
      buckets: (query) => iterate(async ({ metrics }) => metrics.buckets(query)),
      points: (query) => iterate(async ({ metrics }) => metrics.scan(query)),
      deleteKey: (ref, key) => onRun(ref, ({ metrics }, id) => metrics.deleteKey(id, key)),
      verify: (ref) => onRun(ref, ({ metrics }, id) => metrics.verify(id))
    },
    logs: {
      append: (ref, lines, writer) => onRun(ref, ({ logs }, id) => logs.append(id, lines, writer)),
      read: (ref, query) => onRun(ref, ({ logs }, id) => logs.read({ ...query, run: id })),
      lines: (ref) => iterate(async ({ logs }, locate) => logs.stream(await locate(ref)))
    },
    files: {
      put: (ref, path, body, options) =>
        onRun(ref, ({ files }, id) =>
          files.put({
            run: id,
            path,
            body: body instanceof Uint8Array ? Stream.make(body) : Stream.fromAsyncIterable(body, (error) => error),
            contentType: options?.contentType
          })
        ),
      list: (ref, query) => onRun(ref, ({ files }, id) => files.list({ ...query, run: id })),
      read: (ref, path) => iterate(async ({ files }, locate) => files.read(await locate(ref), path)),
      delete: (ref, path) => onRun(ref, ({ files }, id) => files.delete(id, path))
    },
    keys: {
      create: (input) => run(({ keys }) => keys.create(input ?? {}, null)),
      list: () => run(({ keys }) => keys.list),
      revoke: (id) => run(({ keys }) => keys.revoke(id))
    }
  }
}
