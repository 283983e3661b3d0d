/** The client's histograms, `{ values, bins }` or evenly packed `{ values, packedBins: { min, size, count } }`, as edges and counts. */
import { isFields, type JsonFields } from "../graphql/Variables.ts"

export interface SeriesHistogram {
  readonly edges: ReadonlyArray<number>
  readonly counts: ReadonlyArray<number>
}

const isNumbers = (value: unknown): value is ReadonlyArray<number> =>
  Array.isArray(value) && value.every((entry) => typeof entry === "number" && Number.isFinite(entry))

const edgesOf = ({ bins, packedBins }: JsonFields, count: number): ReadonlyArray<number> | null => {
  if (isNumbers(bins)) return bins
  if (!isFields(packedBins)) return null
  const { min, size } = packedBins
  if (typeof min !== "number" || typeof size !== "number") return null
  return Array.from({ length: count + 1 }, (_, i) => min + i * size)
}

/** Null where the object breaks a rule of histograms (n counts of at least 0, n + 1 ascending edges); it is then kept as a record. */
export const readHistogram = (fields: JsonFields): SeriesHistogram | null => {
  const { values } = fields
  if (!isNumbers(values) || values.length === 0 || values.some((count) => count < 0)) return null
  const edges = edgesOf(fields, values.length)
  if (edges === null || edges.length !== values.length + 1) return null
  const ascends = edges.every((edge, i) => Number.isFinite(edge) && (i === 0 || edge > edges[i - 1]!))
  return ascends ? { edges, counts: values } : null
}
