/** Run files of a memory client. */
import type { RunFileJson, WanllmdbClient } from "@wanllmdb/core/client"
import type { Answer } from "./createMemoryClient.ts"
import { type MemoryData, MemoryProblem } from "./MemoryData.ts"

const typeOf = (path: string): string => {
  if (/\.(txt|log|md|py|ts|js|ya?ml|toml)$/.test(path)) return "text/plain"
  return path.endsWith(".json") ? "application/json" : "application/octet-stream"
}

export const memoryFiles = (data: MemoryData, answer: Answer): WanllmdbClient["files"] => {
  const describe = (run: string, path: string): RunFileJson => {
    const memory = data.run(run)
    const file = memory.files.get(path)
    if (file === undefined) throw new MemoryProblem(404, "Not found", `Run "${run}" has no file "${path}"`)
    const { body, updatedAt } = file
    return {
      run: memory.run.id,
      path,
      sizeBytes: body.size,
      sha256: "0".repeat(64),
      contentType: body.type || typeOf(path),
      updatedAt
    }
  }
  return {
    list: (run, query = {}, options) =>
      answer("files.list", options?.signal, () => ({
        items: [...data.run(run).files.keys()]
          .filter((path) => path.startsWith(query.prefix ?? ""))
          .sort()
          .map((path) => describe(run, path)),
        next: null
      })),
    put: async (run, path, body, options) => {
      const blob = await new Response(body as BodyInit).blob()
      return answer("files.put", options?.signal, () => {
        const typed = options?.contentType === undefined ? blob : new Blob([blob], { type: options.contentType })
        data.run(run).files.set(path, { body: typed, updatedAt: new Date().toISOString() })
        return describe(run, path)
      })
    },
    get: (run, path, options) =>
      answer("files.get", options?.signal, () => {
        describe(run, path)
        return data.run(run).files.get(path)!.body
      }),
    delete: (run, path, options) =>
      answer("files.delete", options?.signal, () => {
        describe(run, path)
        data.run(run).files.delete(path)
      })
  }
}
