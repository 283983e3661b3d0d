/** Runs of a memory client: search with the text syntax, states, tags, bulk changes; each change is announced live. */
import type { RunJson, RunPage, WanllmdbClient } from "@wanllmdb/core/client"
import { FilterFault, readFilter } from "@wanllmdb/core/filter"
import type { Answer } from "./createMemoryClient.ts"
import { listItem, type MemoryData, MemoryProblem, projectNames, runNames } from "./MemoryData.ts"
import type { MemoryLive } from "./MemoryLive.ts"
import { type MemoryRun, newMemoryRun } from "./MemoryRun.ts"
import { bySort, fieldNames, fieldOf, matches } from "./runFields.ts"

export const memoryRuns = (data: MemoryData, live: MemoryLive, answer: Answer): WanllmdbClient["runs"] => {
  const change = (name: string, fields: Partial<RunJson>): RunJson => {
    const memory = data.run(name)
    memory.run = { ...memory.run, ...fields, updatedAt: new Date().toISOString(), rev: memory.run.rev + 1 }
    announceRun(live, memory)
    return memory.run
  }
  const calling =
    (name: string, fields: (run: RunJson) => Partial<RunJson>) =>
    (run: string, options?: { readonly signal?: AbortSignal | undefined }) =>
      answer(name, options?.signal, () => change(run, fields(data.run(run).run)))
  const ended = (): string => new Date().toISOString()
  return {
    search: (project, query = {}, options) =>
      answer("runs.search", options?.signal, (): RunPage => {
        const { id } = data.project(project)
        const filter =
          typeof query.filter === "object" ? query.filter : readFilter(query.filter ?? "", { checksPatterns: true })
        if (filter instanceof FilterFault) throw new MemoryProblem(400, "The filter is not valid", filter.rule)
        const found = data
          .runsOf(id)
          .filter((memory) => (memory.run.deletedAt !== null) === (query.deleted ?? false))
          .filter((memory) => matches(memory, filter))
          .sort(bySort(query.sort ?? "-created"))
        const from = Number(query.cursor ?? 0)
        const to = from + (query.limit ?? 100)
        return {
          items: found.slice(from, to).map((memory) => ({
            ...listItem(memory),
            columns: (query.columns ?? []).map((field) => fieldOf(memory, field))
          })),
          next: to < found.length ? String(to) : null,
          total: found.length,
          cursor: live.cursor
        }
      }),
    fields: (project, query = {}, options) =>
      answer("runs.fields", options?.signal, () => {
        const names = new Set(data.runsOf(data.project(project).id).flatMap(fieldNames))
        return [...names].filter((name) => name.startsWith(query.prefix ?? "")).sort()
      }),
    create: (project, input, options) =>
      answer("runs.create", options?.signal, () => {
        const {
          slug = `run-${data.runs.length + 1}`,
          name,
          config = {},
          environment,
          resume: _,
          fork: __,
          ...fields
        } = input
        const given = { ...fields, slug, name: name ?? slug, config: { ...config }, environment: environment ?? null }
        const memory = newMemoryRun(data.project(project), given as Partial<RunJson> & { readonly slug: string })
        data.runs.push(memory)
        announceRun(live, memory)
        return memory.run
      }),
    get: (run, options) => answer("runs.get", options?.signal, () => data.run(run).run),
    update: (run, patch, options) =>
      answer("runs.update", options?.signal, () => {
        const { summary, environment, ...fields } = patch
        const known = data.run(run).run
        return change(run, {
          ...fields,
          summary: { ...known.summary, ...summary },
          environment: environment ?? known.environment
        })
      }),
    finish: (run, { state, exitCode }, options) =>
      answer("runs.finish", options?.signal, () =>
        change(run, { state, exitCode: exitCode ?? null, finishedAt: ended() })
      ),
    heartbeat: (run, options) =>
      answer("runs.heartbeat", options?.signal, () => ({ stopRequested: data.run(run).run.stopRequested })),
    pause: calling("runs.pause", () => ({ state: "paused" })),
    resume: calling("runs.resume", () => ({ state: "running", finishedAt: null })),
    stop: calling("runs.stop", () => ({ stopRequested: true })),
    delete: (run, options) =>
      answer("runs.delete", options?.signal, () => {
        change(run, { deletedAt: ended() })
      }),
    restore: calling("runs.restore", () => ({ deletedAt: null })),
    setConfig: (run, config, options) =>
      answer("runs.setConfig", options?.signal, () => {
        const known = data.run(run).run
        return change(run, {
          config: { ...known.config, ...config } as RunJson["config"],
          configVersion: known.configVersion + 1
        })
      }),
    configVersions: (run, options) =>
      answer("runs.configVersions", options?.signal, () => {
        const { config, configVersion, createdAt } = data.run(run).run
        return [{ version: configVersion, config, createdAt }]
      }),
    addTags: (run, tags, options) =>
      answer("runs.addTags", options?.signal, () =>
        change(run, { tags: [...new Set([...data.run(run).run.tags, ...tags])] })
      ),
    removeTag: (run, tag, options) =>
      answer("runs.removeTag", options?.signal, () =>
        change(run, { tags: data.run(run).run.tags.filter((one) => one !== tag) })
      ),
    bulk: (_project, bulk, options) =>
      answer("runs.bulk", options?.signal, () => {
        for (const name of bulk.runs) {
          const { tags } = data.run(name).run
          if (bulk.op === "delete") change(name, { deletedAt: ended() })
          else if (bulk.op === "restore") change(name, { deletedAt: null })
          else if (bulk.op === "addTags") change(name, { tags: [...new Set([...tags, ...bulk.tags])] })
          else if (bulk.op === "removeTags") change(name, { tags: tags.filter((tag) => !bulk.tags.includes(tag)) })
          else if (bulk.op === "group") change(name, { group: bulk.group })
          else if (bulk.op === "move") {
            const { id, entity, slug } = data.project(bulk.project)
            change(name, { project: id, entity, projectSlug: slug })
          }
        }
        return { changed: bulk.runs.length, failed: [] }
      })
  }
}

export const announceRun = (live: MemoryLive, memory: MemoryRun): void => {
  live.announce("run", runNames(memory.run), { type: "run", run: memory.run })
  live.announce("runs", projectNames(memory.run), { type: "runs", runs: [listItem(memory)] })
}
