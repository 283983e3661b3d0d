// What the killed children write: every batch follows from its writer and number, so that the parent knows each point.

export const runs = ["a", "b", "c"].map((letter) => letter.padStart(32, "0"))

export const writers = (run) => [`${run.slice(-1)}1`, `${run.slice(-1)}2`]

export const rowsOf = (sequence) => 1 + ((sequence * 37) % 300)

export const valueOf = (step) => Math.fround(Math.sin(step))

/** A section: one key a writer, steps that no other batch of the writer has. */
export const batchOf = (writer, sequence) => {
  const rows = rowsOf(sequence)
  const steps = Float64Array.from({ length: rows }, (_, row) => sequence * 1000 + row)
  return {
    keys: [writer],
    steps,
    times: steps.map((step) => 1.79e12 + step),
    columns: [{ kind: "number", values: steps.map(valueOf) }]
  }
}

/** Series that all fill a page of tiles with the same chunk. */
export const pageKeys = Array.from({ length: 3 }, (_, key) => `page${key}`)

const blockRows = 8192

/** Whole numbers, so that sums are exact however they are added up. */
export const blockValue = (step) => (step * 7919) % 1009

/** A chunk of each of them. */
export const blockOf = (block) => {
  const steps = Float64Array.from({ length: blockRows }, (_, row) => block * blockRows + row)
  return {
    keys: pageKeys,
    steps,
    times: steps,
    columns: pageKeys.map(() => ({ kind: "number", values: steps.map(blockValue) }))
  }
}
