/** A `RunFileStore` in memory. */
import { Effect, Layer } from "effect"
import { RunFileNotFound } from "../../file/RunFile.ts"
import { RunFileStore, type StoredRunFile } from "../../file/RunFileStore.ts"
import { compareCodePoints } from "../../metric/codePointOrder.ts"
import type { RunId } from "../../run/Run.ts"

export const memoryRunFileStore: Layer.Layer<RunFileStore> = Layer.sync(RunFileStore, () => {
  const files = new Map<RunId, Map<string, StoredRunFile>>()
  let rev = 0

  const of = (run: RunId) => [...(files.get(run)?.values() ?? [])].sort((a, b) => compareCodePoints(a.path, b.path))

  return RunFileStore.of({
    put: (file) =>
      Effect.sync(() => {
        const ofRun = files.get(file.run) ?? new Map<string, StoredRunFile>()
        files.set(file.run, ofRun)
        const replaced = ofRun.get(file.path) ?? null
        ofRun.set(file.path, { ...file, rev: ++rev })
        return replaced
      }),
    get: (run, path) =>
      Effect.suspend(() => {
        const file = files.get(run)?.get(path)
        return file === undefined ? Effect.fail(new RunFileNotFound({ run, path })) : Effect.succeed(file)
      }),
    list: ({ run, prefix = "", after = "", limit = 1_000 }) =>
      Effect.sync(() =>
        of(run)
          .filter(({ path }) => path.startsWith(prefix) && (after === "" || compareCodePoints(path, after) > 0))
          .slice(0, limit)
      ),
    changedSince: (run, since) =>
      Effect.sync(() =>
        of(run)
          .filter((file) => file.rev > since)
          .sort((a, b) => a.rev - b.rev)
      ),
    delete: (run, path) =>
      Effect.sync(() => {
        const file = files.get(run)?.get(path) ?? null
        files.get(run)?.delete(path)
        return file
      }),
    deleteAll: (run) =>
      Effect.sync(() => {
        const gone = of(run)
        files.delete(run)
        return gone
      })
  })
})
