/** What field names of filters, sorts and columns mean, and which column of the index holds them. */

export type FieldKind = "text" | "time" | "duration" | "tags" | "any"

export interface Field {
  readonly kind: FieldKind
  /** Columns that hold it; the first that has a value for a run counts. */
  readonly columns: ReadonlyArray<string>
  /** One of the run's own fields, which its row tells. */
  readonly own: boolean
}

/** The run's own fields with what their values are. */
export const ownFields: ReadonlyMap<string, FieldKind> = new Map<string, FieldKind>([
  ["created", "time"],
  ["duration", "duration"],
  ["git.commit", "text"],
  ["group", "text"],
  ["host", "text"],
  ["id", "text"],
  ["job", "text"],
  ["name", "text"],
  ["notes", "text"],
  ["slug", "text"],
  ["state", "text"],
  ["tag", "tags"],
  ["updated", "time"],
  ["user", "text"]
])

/** Whether a run is deleted: 0 or 1; missing where the place is empty. */
export const deletedColumn = "#deleted"
const call = /^(min|max|mean|last)\((.+)\)$/s

/** The field behind a name; a bare name that is no own field means the summary's value of it. */
export const fieldOf = (name: string): Field => {
  const kind = ownFields.get(name)
  if (kind !== undefined) return { kind, columns: [name], own: true }
  if (name.startsWith("config.") || name.startsWith("summary.")) return { kind: "any", columns: [name], own: false }
  const figure = call.exec(name)
  if (figure !== null) {
    const [, which, metric] = figure
    // The index keeps `last(x)` apart only where the summary shows something else.
    return { kind: "any", columns: which === "last" ? [name, `summary.${metric}`] : [name], own: false }
  }
  return { kind: "any", columns: [`summary.${name}`], own: false }
}
