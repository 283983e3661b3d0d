/** Numbers that JSON cannot write: `"NaN"`, `"Infinity"`, `"-Infinity"`, both ways. */
export type NumberJson = number | "NaN" | "Infinity" | "-Infinity"

export const numberJson = (value: number): NumberJson => {
  if (Number.isFinite(value)) return value
  return Number.isNaN(value) ? "NaN" : value > 0 ? "Infinity" : "-Infinity"
}

/** For statistics over finite values, where NaN means that there is none. */
export const finiteOrNull = (value: number): number | null => (Number.isFinite(value) ? value : null)

export const numbersJson = (values: ArrayLike<number>): Array<NumberJson> => {
  const out = new Array<NumberJson>(values.length)
  for (let i = 0; i < values.length; i++) out[i] = numberJson(values[i]!)
  return out
}

export const finitesOrNulls = (values: ArrayLike<number>): Array<number | null> => {
  const out = new Array<number | null>(values.length)
  for (let i = 0; i < values.length; i++) out[i] = finiteOrNull(values[i]!)
  return out
}
