/** A run's files for the public API: listed with addresses for both ways, deleted. */
import { isIdentifier, type Run, type RunFile } from "@wanllmdb/core"
import { Effect } from "effect"
import type { Call } from "../call/Call.ts"
import { checkRun } from "../call/place.ts"
import { settle, settleFound } from "../call/settle.ts"
import { fileAddress } from "../file/fileOperations.ts"
import { clientPath, keptPath } from "../file/filePath.ts"
import type { Operations } from "../graphql/Operation.ts"
import type { Variables } from "../graphql/Variables.ts"
import { ClientFault } from "../wire/ClientFault.ts"
import { fromGlobalId, globalId } from "../wire/globalId.ts"
import { connectionOf, type Page } from "./connection.ts"
import { internalId } from "./internalId.ts"
import { likeMatcher } from "./likeMatcher.ts"
import { readRun } from "./readPlace.ts"

const filesAtOnce = 10_000
const mostAtOnce = 1_000
const mostNames = 10_000
const longestPattern = 1_024

const addressOf = (call: Call, run: Run, path: string): string =>
  fileAddress(call, { entity: run.entity, project: run.projectSlug, run: run.slug }, path)

/** `path`: as it is kept. A file that is not there yet has no size: the client may ask where to send it. */
const fileNode = (call: Call, run: Run, path: string, file: RunFile | null) => ({
  __typename: "File",
  id: globalId("File", `${run.id}:${path}`),
  name: clientPath(path),
  url: addressOf(call, run, path),
  directUrl: addressOf(call, run, path),
  sizeBytes: file?.sizeBytes ?? 0,
  mimetype: file?.contentType ?? "",
  updatedAt: file === null ? null : new Date(file.updatedAt).toISOString(),
  // Contents are known by their SHA-256.
  md5: null
})

const allFiles = Effect.fnUntraced(function* (engine: Call["engine"], run: Run) {
  const all: Array<RunFile> = []
  for (;;) {
    const page = yield* engine.files.list({ run: run.id, after: all.at(-1)?.path, limit: filesAtOnce })
    all.push(...page)
    if (page.length < filesAtOnce) return all
  }
})

const listFiles = async (variables: Variables, call: Call, run: Run): Promise<Page<object>> => {
  // Scripts ask by the path that they saved, and a path may begin at the working directory.
  const names = (variables.texts("fileNames") ?? []).map((name) => keptPath(name.replace(/^(?:\.\/+)+/, "")))
  const limit = Math.max(1, variables.count("fileLimit", 50, mostAtOnce))
  if (names.length > mostNames) throw new ClientFault(400, `variables.fileNames: must be at most ${mostNames} names`)
  const cursor = variables.text("fileCursor") ?? ""
  if (names.length > 0) {
    const from = Number(cursor) || 0
    const asked = names.slice(from, from + limit)
    const items = await Promise.all(
      asked.map(async (name) => fileNode(call, run, name, await settleFound(call.engine.files.get(run.id, name))))
    )
    return { items, next: from + limit < names.length ? String(from + limit) : null }
  }
  const pattern = variables.text("pattern")
  const isLike = pattern === null ? () => true : likeMatcher(pattern.slice(0, longestPattern))
  const files = (await settle(allFiles(call.engine, run))).filter(({ path }) => isLike(clientPath(path)))
  const start = cursor === "" ? 0 : files.findIndex(({ path }) => path > cursor)
  const rest = start < 0 ? [] : files.slice(start)
  const shown = rest.slice(0, limit)
  return {
    items: shown.map((file) => fileNode(call, run, file.path, file)),
    next: rest.length > limit ? shown.at(-1)!.path : null
  }
}

/** The run and the path that a file's id names, where the caller may delete it. */
const deletable = async (call: Call, id: string): Promise<{ readonly run: Run; readonly path: string }> => {
  const [run, ...path] = (fromGlobalId("File", id) ?? "").split(":")
  const found = run !== undefined && isIdentifier(run) ? await settleFound(call.engine.runs.get(run)) : null
  if (found === null) throw new ClientFault(404, "variables.files: names no file")
  await checkRun(call, found, "file.delete")
  return { run: found, path: path.join(":") }
}

export const fileReadOperations: Operations = {
  RunFiles: async (variables, call) => {
    const run = await readRun(variables, call, "name", "file.read")
    if (run === null) return { project: { run: null } }
    const page = await listFiles(variables, call, run)
    const fileCount = (await settle(allFiles(call.engine, run))).length
    return {
      project: { internalId: internalId(run.project), run: { fileCount, files: connectionOf(page) } }
    }
  },

  deleteFiles: async (variables, call) => {
    const ids = variables.texts("files") ?? []
    const files = await Promise.all(ids.map((id) => deletable(call, id)))
    for (const { path, run } of files) await settleFound(call.engine.files.delete(run.id, path))
    return { deleteFiles: { success: true } }
  }
}
