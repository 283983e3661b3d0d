/** Chooses the columns of a table nobody has arranged yet: a few results first, then the settings people vary most. */

/** How many results are picked. */
export const pickedResults = 2

const resultRank = (field: string): number => {
  const name = field.slice("summary.".length)
  if (/^(system|_)/.test(name)) return 99
  if (/^(val|valid|validation|eval|test)[/_.].*(acc|f1|auc|score)/.test(name)) return 0
  if (/^(loss|train[/_.]loss)$/.test(name)) return 1
  if (/acc/.test(name)) return 2
  if (/loss/.test(name)) return 3
  return /^(epoch|step|learning_rate|lr)$/.test(name) ? 6 : 5
}

const settingRank = (field: string): number => {
  const name = field.slice("config.".length)
  const at = [
    "lr",
    "learning_rate",
    "learningRate",
    "batch_size",
    "batchSize",
    "optimizer",
    "epochs",
    "model"
  ].findIndex((known) => name === known || name.endsWith(`.${known}`))
  return at < 0 ? (name.startsWith("_") ? 99 : 50) : at
}

/** How many settings are looked at to find one that differs. */
const probed = 24

/** Settings to look at, the ones people vary most first. */
export const settingsToProbe = (fields: ReadonlyArray<string>): ReadonlyArray<string> =>
  fields
    .filter((field) => field.startsWith("config.") && settingRank(field) < 99)
    .sort((a, b) => settingRank(a) - settingRank(b) || (a < b ? -1 : 1))
    .slice(0, probed)

/** Those of `settings` that differ between rows, whose cells are in the order of `settings`. */
export const differing = (
  settings: ReadonlyArray<string>,
  rows: ReadonlyArray<{ readonly columns: ReadonlyArray<unknown> }>
): ReadonlySet<string> =>
  new Set(settings.filter((_, at) => rows.some(({ columns }) => columns[at] !== rows[0]!.columns[at])))

/** `varied` are settings known to differ; they go before those that are alike everywhere. */
export const pickColumns = (
  fields: ReadonlyArray<string>,
  varied: ReadonlySet<string> = new Set()
): ReadonlyArray<string> => {
  const best = (prefix: string, rank: (field: string) => number, count: number) =>
    fields
      .filter((field) => field.startsWith(prefix) && rank(field) < 99)
      .map((field) => [rank(field), field] as const)
      .sort((a, b) => a[0] - b[0] || (a[1] < b[1] ? -1 : 1))
      .slice(0, count)
      .map(([, field]) => field)
  // One of each kind: two accuracies side by side say less than an accuracy and a loss.
  const results = best("summary.", resultRank, fields.length)
  const kinds = new Map(results.map((field) => [resultRank(field), field] as const).reverse())
  const distinct = results.filter((field) => kinds.get(resultRank(field)) === field)
  return [
    ...[...distinct, ...results.filter((field) => !distinct.includes(field))].slice(0, 2),
    ...best("config.", (field) => settingRank(field) - (varied.has(field) ? 100 : 0), 1)
  ]
}
