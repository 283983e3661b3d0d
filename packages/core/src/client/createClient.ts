/** The HTTP API as typed calls. Small and without dependencies: pages, trackers and scripts all load it. */

import { bodyParts } from "./bodyParts.ts"
import type { ClientOptions } from "./ClientOptions.ts"
import { columnsMediaType } from "./columns/columnsFormat.ts"
import { readColumns } from "./columns/decodeColumns.ts"
import { LiveChannel } from "./live/LiveChannel.ts"
import { readPoints } from "./readPoints.ts"
import { pathSegments, segment, Transport } from "./Transport.ts"
import type { AppendOptions, WanllmdbClient } from "./WanllmdbClient.ts"

const frameMediaType = "application/vnd.wanllmdb.frame"

const writerHeaders = ({ sequence, writer }: AppendOptions) => ({
  "wanllmdb-writer": writer,
  "wanllmdb-sequence": sequence?.toString()
})

const inRun = (run: string, rest = "") => `/runs/${segment(run)}${rest}`
const inProject = (project: string, rest = "") => `/projects/${segment(project)}${rest}`
const inFile = (run: string, path: string) => inRun(run, `/files/${pathSegments(path)}`)

export const createClient = (options: ClientOptions): WanllmdbClient => {
  const api = new Transport(options)
  const channel = new LiveChannel(api, options)
  const items = async <A>(path: string, input: Parameters<Transport["send"]>[2]) =>
    (await api.json<{ readonly items: ReadonlyArray<A> }>("GET", path, input)).items
  return {
    projects: {
      list: (query, call) => api.json("GET", "/projects", { ...call, query: { ...query } }),
      create: (json, call) => api.json("POST", "/projects", { ...call, json }),
      get: (project, call) => api.json("GET", inProject(project), call),
      update: (project, json, call) => api.json("PATCH", inProject(project), { ...call, json }),
      delete: (project, call) => api.done("DELETE", inProject(project), call),
      restore: (project, call) => api.json("POST", inProject(project, "/restore"), call)
    },
    runs: {
      search: (project, json = {}, call) => api.json("POST", inProject(project, "/runs/search"), { ...call, json }),
      fields: (project, query, call) => items(inProject(project, "/fields"), { ...call, query: { ...query } }),
      create: (project, json, call) => api.json("POST", inProject(project, "/runs"), { ...call, json }),
      get: (run, call) => api.json("GET", inRun(run), call),
      update: (run, json, call) => api.json("PATCH", inRun(run), { ...call, json }),
      finish: (run, json, call) => api.json("POST", inRun(run, "/finish"), { ...call, json }),
      heartbeat: (run, call) => api.json("POST", inRun(run, "/heartbeat"), call),
      pause: (run, call) => api.json("POST", inRun(run, "/pause"), call),
      resume: (run, call) => api.json("POST", inRun(run, "/resume"), call),
      stop: (run, call) => api.json("POST", inRun(run, "/stop"), call),
      delete: (run, call) => api.done("DELETE", inRun(run), call),
      restore: (run, call) => api.json("POST", inRun(run, "/restore"), call),
      setConfig: (run, json, call) => api.json("POST", inRun(run, "/config"), { ...call, json }),
      configVersions: (run, call) => items(inRun(run, "/config/versions"), { ...call }),
      addTags: (run, tags, call) => api.json("POST", inRun(run, "/tags"), { ...call, json: { tags } }),
      removeTag: (run, tag, call) => api.json("DELETE", inRun(run, `/tags/${segment(tag)}`), call),
      bulk: (project, json, call) => api.json("POST", inProject(project, "/runs/bulk"), { ...call, json })
    },
    metrics: {
      append: (run, body, call = {}) => {
        const headers = writerHeaders(call)
        const input =
          body instanceof Uint8Array
            ? { body: body as Uint8Array<ArrayBuffer>, headers: { ...headers, "content-type": frameMediaType } }
            : { json: body, headers }
        return api.json("POST", inRun(run, "/metrics"), { ...input, signal: call.signal })
      },
      keys: (run, query, call) => api.json("GET", inRun(run, "/metrics"), { ...call, query: { ...query } }),
      define: (run, json, call) => api.done("POST", inRun(run, "/metrics/definitions"), { ...call, json }),
      async *series(project, json, call) {
        const headers = { accept: columnsMediaType }
        const path = inProject(project, "/metrics/buckets")
        yield* readColumns(bodyParts(await api.send("POST", path, { ...call, json, headers })))
      },
      async *points(run, query, call) {
        yield* readPoints(await api.send("GET", inRun(run, "/metrics/points"), { ...call, query: { ...query } }))
      }
    },
    logs: {
      append: (run, lines, call = {}) =>
        api.json("POST", inRun(run, "/logs"), { json: { lines }, headers: writerHeaders(call), signal: call.signal }),
      read: (run, query, call) => api.json("GET", inRun(run, "/logs"), { ...call, query: { ...query } }),
      download: async (run, call) => (await api.send("GET", inRun(run, "/logs/download"), call)).blob()
    },
    files: {
      list: (run, query, call) => api.json("GET", inRun(run, "/files"), { ...call, query: { ...query } }),
      put: (run, path, body, call) =>
        api.json("POST", inRun(run, "/files"), {
          body: body as BodyInit,
          query: { path },
          headers: { "content-type": call?.contentType ?? (body instanceof Blob && body.type ? body.type : undefined) },
          signal: call?.signal
        }),
      get: async (run, path, call) => (await api.send("GET", inFile(run, path), call)).blob(),
      delete: (run, path, call) => api.done("DELETE", inFile(run, path), call)
    },
    keys: {
      list: (call) => items("/keys", { ...call }),
      create: (json, call) => api.json("POST", "/keys", { ...call, json }),
      delete: (id, call) => api.done("DELETE", `/keys/${segment(id)}`, call)
    },
    live: (query, onMessage, onStatus) => channel.subscribe(query, onMessage, onStatus),
    close: () => channel.close()
  }
}
