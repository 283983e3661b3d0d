/** Faults of the file system as `StoreError`, with advice where a person can do something about it. */
import { StoreError } from "@wanllmdb/core"
import { Effect } from "effect"

const advice: Readonly<Record<string, string>> = {
  ENOSPC: "the disk of the blob folder is full: free space, then repeat the call",
  EFBIG: "a file of the blob folder would be longer than its disk or a limit allows",
  EDQUOT: "the quota of the blob folder's disk is used up: free space, then repeat the call",
  EROFS: "the blob folder is on a read-only file system",
  EACCES: "the blob folder cannot be written or read: check its permissions",
  EPERM: "the blob folder cannot be written or read: check its permissions"
}

/** Faults that pass: space is freed, files are closed, a network share comes back. */
const passing = new Set(["ENOSPC", "EDQUOT", "EFBIG", "EMFILE", "ENFILE", "EBUSY", "EAGAIN", "ETIMEDOUT", "ESTALE"])

const reasons: Readonly<Record<string, "full" | "readOnly" | "disk">> = {
  ENOSPC: "full",
  EDQUOT: "full",
  EFBIG: "full",
  EROFS: "readOnly",
  EACCES: "readOnly",
  EPERM: "readOnly",
  EIO: "disk"
}

const reads = new Set(["blobs.get", "blobs.head", "blobs.list"])

export const codeOf = (cause: unknown): string =>
  cause instanceof Error && "code" in cause && typeof cause.code === "string" ? cause.code : ""

export const fsError = (operation: string, cause: unknown): StoreError => {
  const code = codeOf(cause)
  const hint = advice[code]
  const reason = reasons[code] === "readOnly" && reads.has(operation) ? "disk" : reasons[code]
  return new StoreError({
    store: "fs",
    operation,
    retryable: passing.has(code),
    ...(reason !== undefined && { reason }),
    cause: hint === undefined ? cause : new Error(`${hint} (${code})`, { cause })
  })
}

/** Runs file system calls; what they throw becomes a `StoreError`. */
export const attempt = <A>(operation: string, body: () => Promise<A>): Effect.Effect<A, StoreError> =>
  Effect.tryPromise({ try: body, catch: (cause) => fsError(operation, cause) })
