/** API keys of a memory client. */
import type { ApiKeyJson, WanllmdbClient } from "@wanllmdb/core/client"
import type { Answer } from "./createMemoryClient.ts"
import { memoryId } from "./MemoryRun.ts"

export const memoryKeys = (answer: Answer): WanllmdbClient["keys"] => {
  const keys = new Map<string, ApiKeyJson>()
  return {
    list: (options) => answer("keys.list", options?.signal, () => [...keys.values()]),
    create: (input, options) =>
      answer("keys.create", options?.signal, () => {
        const made: ApiKeyJson = {
          id: memoryId(),
          name: input.name ?? "",
          user: input.user ?? "local",
          role: input.role ?? "member",
          projects: input.projects ?? null,
          impersonate: input.impersonate ?? false,
          createdAt: new Date().toISOString(),
          expiresAt: input.expiresAt ?? null,
          lastUsedAt: null
        }
        keys.set(made.id, made)
        return { ...made, key: `wan_${made.id}${made.id}` }
      }),
    delete: (id, options) =>
      answer("keys.delete", options?.signal, () => {
        keys.delete(id)
      })
  }
}
