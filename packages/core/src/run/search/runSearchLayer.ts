/** `RunSearch` over the index: parse, load columns, run the plan, sort one page, then read its rows. */
import { Effect, Layer, Stream } from "effect"
import { RunEvents } from "../../event/RunEvents.ts"
import type { ProjectId } from "../../project/Project.ts"
import { InvalidInput, invalidInput } from "../../store/InvalidInput.ts"
import { RunStore, type StoredRun } from "../RunStore.ts"
import { listItemOf } from "../runView.ts"
import { evaluate, keepPresent } from "./column/evaluate.ts"
import { fieldColumns } from "./column/fieldColumns.ts"
import { checkField } from "./filter/checkField.ts"
import { columnsOf, compileFilter } from "./filter/compileFilter.ts"
import { deletedColumn, type Field, ownFields } from "./filter/Field.ts"
import { parseFilter } from "./filter/parseFilter.ts"
import { ownCell } from "./ownCell.ts"
import type { ProjectIndex } from "./ProjectIndex.ts"
import { makeProjectIndexes } from "./ProjectIndexes.ts"
import type { RunFilter } from "./RunFilter.ts"
import { type Cell, RunSearch, type RunSearchPage, type RunSearchQuery } from "./RunSearch.ts"
import { parseSort } from "./sort/parseSort.ts"
import { decodeCursor, encodeCursor, queryMark } from "./sort/searchCursor.ts"
import { countMatches, firstInOrder } from "./sort/sortRuns.ts"

const maxColumns = 200
const settleEveryMs = 10_000

const orFail = <A>(value: A | InvalidInput): Effect.Effect<A, InvalidInput> =>
  value instanceof InvalidInput ? Effect.fail(value) : Effect.succeed(value)

const planOf = (filter: string | RunFilter | undefined) => {
  const tree = typeof filter === "string" || filter === undefined ? parseFilter(filter ?? "") : filter
  return tree instanceof InvalidInput ? tree : compileFilter(tree)
}

const fieldsOf = (names: ReadonlyArray<string>): ReadonlyArray<Field> | InvalidInput => {
  if (names.length > maxColumns) {
    return invalidInput("columns", `must be at most ${maxColumns} fields`, String(names.length))
  }
  const fields: Array<Field> = []
  for (const [index, name] of names.entries()) {
    const field = checkField(`columns[${index}]`, name)
    if (field instanceof InvalidInput) return field
    fields.push(field)
  }
  return fields
}

/** JSON has no names for these numbers but strings. */
const cellOf = (value: string | number | boolean | undefined): Cell =>
  value === undefined ? null : typeof value === "number" && !Number.isFinite(value) ? String(value) : value

type Item = RunSearchPage["items"][number]

/** Pages show the same rows again and again; the same object is given out for as long as nothing of it changed. */
const lastItem = new WeakMap<StoredRun, Item>()

const itemOf = (row: StoredRun, columns: ReadonlyArray<Cell>): Item => {
  const last = lastItem.get(row)
  if (last?.columns.length === columns.length && columns.every((cell, index) => cell === last.columns[index]))
    return last
  const item = { ...listItemOf(row), columns }
  lastItem.set(row, item)
  return item
}

export const runSearchLayer = Layer.effect(
  RunSearch,
  Effect.gen(function* () {
    const store = yield* RunStore
    const events = yield* RunEvents
    const indexes = yield* makeProjectIndexes
    const changed = new Set<ProjectId>()

    const rowsOf = Effect.fnUntraced(function* (project: ProjectId, ordinals: ReadonlyArray<number>) {
      const rows = new Map<number, StoredRun>()
      for (const row of yield* store.getByOrdinals(project, ordinals)) rows.set(row.ordinal, row)
      return rows
    })

    const search = Effect.fnUntraced(function* (query: RunSearchQuery) {
      const limit = query.limit ?? 100
      if (!Number.isInteger(limit) || limit < 1 || limit > 1000) {
        return yield* invalidInput("limit", "must be a whole number from 1 to 1000", String(query.limit))
      }
      const plan = yield* orFail(planOf(query.filter))
      const keys = yield* orFail(parseSort(query.sort ?? ""))
      const fields = yield* orFail(fieldsOf(query.columns ?? []))
      const marked = query.cursorOf ?? query.filter ?? ""
      const mark = queryMark(JSON.stringify([marked, query.sort ?? "", query.deleted ?? false]))
      const place =
        query.cursor === undefined ? undefined : yield* orFail(decodeCursor(mark, keys.length, query.cursor))

      const needed = new Set([deletedColumn, ...columnsOf(plan)])
      for (const { field } of keys) for (const name of field.columns) needed.add(name)
      for (const field of fields)
        if (!field.own || field.columns[0] === "notes") for (const name of field.columns) needed.add(name)

      const find = (index: ProjectIndex) => {
        const columns = fieldColumns((name) => index.column(name))
        const matches = evaluate(plan, columns, index.count)
        keepPresent(matches, index.column(deletedColumn), query.deleted ?? false)
        const page = firstInOrder(matches, keys, columns, limit + 1, place)
        const shown = page.slice(0, limit)
        const last = page.length > limit ? shown.at(-1) : undefined
        return {
          total: countMatches(matches),
          cursor: index.applied,
          runs: shown.map((ordinal) => ({
            ordinal,
            cells: fields.map((field) => cellOf(columns(field).get(ordinal)))
          })),
          next:
            last === undefined
              ? null
              : encodeCursor(mark, { ordinal: last, values: keys.map(({ field }) => columns(field).get(last)) })
        }
      }
      const found = yield* indexes.withColumns(query.project, [...needed], find)
      const rows = yield* rowsOf(
        query.project,
        found.runs.map(({ ordinal }) => ordinal)
      )
      const items = found.runs.flatMap(({ ordinal, cells }) => {
        const row = rows.get(ordinal)
        if (row === undefined) return []
        return [
          itemOf(
            row,
            fields.map((field, index): Cell => ownCell(row, field) ?? cells[index] ?? null)
          )
        ]
      })
      return { items, next: found.next, total: found.total, cursor: found.cursor } satisfies RunSearchPage
    })

    const fields = Effect.fn("RunSearch.fields")(function* (project: ProjectId, prefix = "") {
      const names = yield* indexes.fields(project)
      return [...new Set([...ownFields.keys(), ...names])]
        .filter((name) => name.startsWith(prefix) && name !== deletedColumn && !name.startsWith("last("))
        .sort()
    })

    // Projects that change are indexed beforehand, so that the first search after a long import does not wait for it.
    yield* Effect.forkScoped(
      Stream.runForEach(events.watch, ({ project, topic }) =>
        Effect.sync(() => {
          if (topic === "runs") changed.add(project)
        })
      )
    )
    const settleChanged = Effect.suspend(() => {
      const projects = [...new Set([...changed, ...indexes.open()])]
      changed.clear()
      return Effect.forEach(projects, (project) => Effect.ignore(indexes.settle(project, false)), { discard: true })
    })
    yield* Effect.forkScoped(Effect.forever(Effect.andThen(Effect.sleep(settleEveryMs), settleChanged)))
    yield* Effect.addFinalizer(() =>
      Effect.forEach(indexes.open(), (project) => Effect.ignore(indexes.settle(project, true)), { discard: true })
    )

    return RunSearch.of({ search, fields })
  })
)
