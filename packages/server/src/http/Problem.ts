/**
 * Errors as RFC 9457 problem documents. Only what a caller can act on goes out: no cause, no driver text, no stack; what is
 * not known here is a defect and becomes an empty 500.
 */
import type { InputFault } from "@wanllmdb/core"
import type { ApiResponse } from "./ApiRequest.ts"
import type { HttpFault } from "./HttpFault.ts"

export interface ProblemDocument {
  readonly type: string
  readonly title: string
  readonly status: number
  readonly detail: string
  readonly errors?: ReadonlyArray<InputFault>
  /** The sequence that the store waits for, where a writer skipped one. */
  readonly expected?: number
}

interface Tagged {
  readonly _tag: string
  readonly message: string
}

const isTagged = (error: unknown): error is Tagged & Readonly<Record<string, unknown>> =>
  error instanceof Error && "_tag" in error && typeof error._tag === "string"

const facts: Readonly<Record<string, { readonly status: number; readonly title: string }>> = {
  ProjectNotFound: { status: 404, title: "Project not found" },
  RunNotFound: { status: 404, title: "Run not found" },
  RunFileNotFound: { status: 404, title: "File not found" },
  BlobNotFound: { status: 404, title: "File not found" },
  ApiKeyNotFound: { status: 404, title: "Key not found" },
  ProjectSlugTaken: { status: 409, title: "Slug taken" },
  RunSlugTaken: { status: 409, title: "Slug taken" },
  SequenceGap: { status: 409, title: "Sequence gap" },
  BlobMismatch: { status: 422, title: "Bytes do not match" },
  BlobExists: { status: 409, title: "Exists already" },
  InvalidInput: { status: 400, title: "Bad input" },
  Forbidden: { status: 403, title: "Not allowed" }
}

/** What a person has to put right; clients keep what they have and come back. */
const troubles: Readonly<Record<string, { readonly tag: string; readonly says: Omit<ProblemDocument, "type"> }>> = {
  full: {
    tag: "StoreFull",
    says: {
      title: "Store full",
      status: 507,
      detail: "The disk of the store is full: free space, then repeat the call; nothing that was acknowledged is lost"
    }
  },
  readOnly: {
    tag: "StoreReadOnly",
    says: {
      title: "Store read-only",
      status: 503,
      detail: "The store may not be written: check the permissions of its folder and its disk; reading goes on"
    }
  },
  disk: {
    tag: "StoreDiskFailed",
    says: {
      title: "Disk failed",
      status: 503,
      detail: "The disk of the store failed a call; the server's log says why"
    }
  }
}

const typeOf = (tag: string) => `urn:wanllmdb:problem:${tag.replace(/([a-z0-9])([A-Z])/g, "$1-$2").toLowerCase()}`

const isFault = (error: Tagged): error is HttpFault => error._tag === "HttpFault"

/** The status, document and extra headers for an error of any kind. */
export const problemOf = (
  error: unknown
): { readonly problem: ProblemDocument; readonly headers: Readonly<Record<string, string>> } => {
  if (isTagged(error)) {
    if (isFault(error)) {
      const { status, title, detail, errors, headers } = error
      const type = typeOf(title.replaceAll(" ", "-"))
      return { problem: { type, title, status, detail, ...(errors && { errors }) }, headers: headers ?? {} }
    }
    if (error._tag === "StoreError") {
      const trouble = troubles[String(error.reason)]
      if (trouble !== undefined) {
        return { problem: { type: typeOf(trouble.tag), ...trouble.says }, headers: { "retry-after": "5" } }
      }
      const retryable = error.retryable === true
      return {
        problem: {
          type: typeOf(retryable ? "StoreBusy" : "StoreFailed"),
          title: retryable ? "Store busy" : "Store failed",
          status: retryable ? 503 : 500,
          detail: retryable
            ? "The store could not take the call now; try again"
            : "The store failed; the server's log says why"
        },
        headers: retryable ? { "retry-after": "1" } : {}
      }
    }
    const fact = facts[error._tag]
    if (fact !== undefined) {
      return {
        problem: {
          type: typeOf(error._tag),
          title: fact.title,
          status: fact.status,
          detail: error.message,
          ...(error._tag === "InvalidInput" && { errors: error.faults as ReadonlyArray<InputFault> }),
          ...(error._tag === "SequenceGap" && { expected: error.expected as number })
        },
        headers: {}
      }
    }
  }
  return {
    problem: { type: typeOf("Internal"), title: "Internal error", status: 500, detail: "The server's log says why" },
    headers: {}
  }
}

/** Whether an error is the server's own trouble, which its operator should read about. */
export const isServerTrouble = (error: unknown): boolean => {
  if (isTagged(error) && error._tag === "StoreError" && error.reason !== undefined) return error.reason !== "full"
  return problemOf(error).problem.status === 500
}

export const problemResponse = (error: unknown): ApiResponse => {
  const { problem, headers } = problemOf(error)
  return {
    status: problem.status,
    headers: { "content-type": "application/problem+json", ...headers },
    body: JSON.stringify(problem)
  }
}
