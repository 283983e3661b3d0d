/** What went wrong in SQLite, in the same words for both libraries, and able to cross a thread boundary as plain data. */

export type FaultKind = "busy" | "full" | "readonly" | "constraint" | "corrupt" | "io" | "closed" | "expired" | "other"

export interface FaultData {
  readonly code: string
  readonly kind: FaultKind
  readonly message: string
}

const names: Readonly<Record<number, string>> = {
  5: "SQLITE_BUSY",
  6: "SQLITE_LOCKED",
  8: "SQLITE_READONLY",
  10: "SQLITE_IOERR",
  11: "SQLITE_CORRUPT",
  13: "SQLITE_FULL",
  14: "SQLITE_CANTOPEN",
  19: "SQLITE_CONSTRAINT",
  26: "SQLITE_NOTADB",
  787: "SQLITE_CONSTRAINT_FOREIGNKEY",
  1299: "SQLITE_CONSTRAINT_NOTNULL",
  1555: "SQLITE_CONSTRAINT_PRIMARYKEY",
  2067: "SQLITE_CONSTRAINT_UNIQUE"
}

const kinds: ReadonlyArray<readonly [string, FaultKind]> = [
  ["SQLITE_BUSY", "busy"],
  ["SQLITE_LOCKED", "busy"],
  ["SQLITE_FULL", "full"],
  ["SQLITE_READONLY", "readonly"],
  ["SQLITE_CONSTRAINT", "constraint"],
  ["SQLITE_CORRUPT", "corrupt"],
  ["SQLITE_NOTADB", "corrupt"],
  ["SQLITE_IOERR", "io"],
  ["SQLITE_CANTOPEN", "io"]
]

const advice: Partial<Record<FaultKind, string>> = {
  full: "the disk that holds the database is full: free space, then repeat the call; nothing that was acknowledged is lost",
  readonly: "the database file or its folder cannot be written: check its permissions and its mount",
  busy: "another process holds the database's write lock",
  corrupt: "the file is not a whole SQLite database"
}

export class SqliteFault extends Error {
  override readonly name = "SqliteFault"
  /** SQLite's own name, extended where known: `SQLITE_CONSTRAINT_UNIQUE`. */
  readonly code: string
  readonly kind: FaultKind

  constructor(data: FaultData) {
    super(data.message)
    this.code = data.code
    this.kind = data.kind
  }

  /** Whether the same call may succeed later without anyone changing it. */
  get retryable(): boolean {
    return this.kind === "busy" || this.kind === "full" || this.kind === "io" || this.kind === "expired"
  }

  toData(): FaultData {
    return { code: this.code, kind: this.kind, message: this.message }
  }
}

const reasons = { full: "full", readonly: "readOnly", io: "disk" } as const satisfies Partial<Record<FaultKind, string>>

/** What a person has to put right, in the words of `StoreError`. */
export const reasonOf = ({ kind }: SqliteFault): "full" | "readOnly" | "disk" | undefined =>
  kind === "full" || kind === "readonly" || kind === "io" ? reasons[kind] : undefined

export const isUniqueViolation = (cause: unknown): boolean =>
  cause instanceof SqliteFault &&
  (cause.code === "SQLITE_CONSTRAINT_UNIQUE" || cause.code === "SQLITE_CONSTRAINT_PRIMARYKEY")

/** `all` and `iterate` of @photostructure/sqlite tell no code; SQLite's own texts do. */
const texts: ReadonlyArray<readonly [string, string]> = [
  ["UNIQUE constraint failed", "SQLITE_CONSTRAINT_UNIQUE"],
  ["FOREIGN KEY constraint failed", "SQLITE_CONSTRAINT_FOREIGNKEY"],
  ["NOT NULL constraint failed", "SQLITE_CONSTRAINT_NOTNULL"],
  ["constraint failed", "SQLITE_CONSTRAINT"],
  ["database or disk is full", "SQLITE_FULL"],
  ["attempt to write a readonly database", "SQLITE_READONLY"],
  ["database is locked", "SQLITE_BUSY"],
  ["database table is locked", "SQLITE_LOCKED"],
  ["disk I/O error", "SQLITE_IOERR"],
  ["database disk image is malformed", "SQLITE_CORRUPT"]
]

const codeOf = (cause: Error): string => {
  if ("errcode" in cause && typeof cause.errcode === "number") {
    return names[cause.errcode] ?? names[cause.errcode & 0xff] ?? `SQLITE_${cause.errcode}`
  }
  const code = "code" in cause && typeof cause.code === "string" ? cause.code : "ERROR"
  return code === "ERR_SQLITE_ERROR" ? (texts.find(([text]) => cause.message.includes(text))?.[1] ?? code) : code
}

/** Any thrown value as a `SqliteFault`; one that already is stays itself. */
export const faultOf = (cause: unknown): SqliteFault => {
  if (cause instanceof SqliteFault) return cause
  if (!(cause instanceof Error)) return new SqliteFault({ code: "ERROR", kind: "other", message: String(cause) })
  const code = codeOf(cause)
  const kind = kinds.find(([prefix]) => code.startsWith(prefix))?.[1] ?? "other"
  const hint = advice[kind]
  const fault = new SqliteFault({
    code,
    kind,
    message: hint === undefined ? cause.message : `${cause.message} (${hint})`
  })
  if (cause.stack !== undefined) fault.stack = cause.stack
  return fault
}
