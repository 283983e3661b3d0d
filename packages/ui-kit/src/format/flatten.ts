/** A nested document as one level: `{ model: { hidden: [128] } }` becomes `model.hidden → [128]`; arrays stay whole. */
export const flatten = (document: Readonly<Record<string, unknown>>): Map<string, unknown> => {
  const flat = new Map<string, unknown>()
  const walk = (value: unknown, path: string): void => {
    if (value !== null && typeof value === "object" && !Array.isArray(value) && Object.keys(value).length > 0) {
      for (const [key, inner] of Object.entries(value)) walk(inner, path === "" ? key : `${path}.${key}`)
    } else if (path !== "") flat.set(path, value)
  }
  walk(document, "")
  return flat
}
