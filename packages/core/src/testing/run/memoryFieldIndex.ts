/** `FieldIndex` over the in-memory tables. */
import { Effect } from "effect"
import { FieldIndex, type FieldPage } from "../../run/search/FieldIndex.ts"
import type { MemoryDatabase } from "./MemoryDatabase.ts"

export const memoryFieldIndex = (database: MemoryDatabase) =>
  FieldIndex.of({
    head: (project) =>
      database.use((tables) => Effect.succeed(tables.indexHeads.get(project) ?? { rev: 0, sequence: 0 })),
    fields: (project) => database.use((tables) => Effect.succeed([...(tables.pages.get(project)?.keys() ?? [])])),
    column: (project, field) =>
      database.use((tables) =>
        Effect.succeed(
          [...(tables.pages.get(project)?.get(field) ?? [])]
            .map(([block, body]): FieldPage => ({ field, block, body }))
            .sort((a, b) => a.block - b.block)
        )
      ),
    block: (project, block) =>
      database.use((tables) => {
        const pages: Array<FieldPage> = []
        for (const [field, blocks] of tables.pages.get(project) ?? []) {
          const body = blocks.get(block)
          if (body !== undefined) pages.push({ field, block, body })
        }
        return Effect.succeed(pages)
      }),
    commit: ({ project, expectedRev, sequence, pages }) =>
      database.use((tables) => {
        const rev = tables.indexHeads.get(project)?.rev ?? 0
        if (rev !== expectedRev) return Effect.succeed(false)
        const fields = new Map<string, ReadonlyMap<number, Uint8Array>>(tables.pages.get(project))
        for (const { field, block, body } of pages) {
          const blocks = new Map(fields.get(field))
          if (body.length === 0) blocks.delete(block)
          else blocks.set(block, body)
          if (blocks.size === 0) fields.delete(field)
          else fields.set(field, blocks)
        }
        tables.pages.set(project, fields)
        tables.indexHeads.set(project, { rev: rev + 1, sequence })
        return Effect.succeed(true)
      })
  })
