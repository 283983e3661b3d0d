/** What an element says when a call failed: what, why, and whether asking again may help. */
export interface ErrorText {
  readonly title: string
  readonly detail: string
  /** HTTP status where there was an answer. */
  readonly status: number | null
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null

export const describeError = (error: unknown): ErrorText => {
  const outer = isRecord(error) ? error : {}
  const problem = isRecord(outer.problem) ? outer.problem : outer
  const status = typeof problem.status === "number" ? problem.status : null
  const message = typeof outer.message === "string" ? outer.message : String(error)
  const detail = typeof problem.detail === "string" ? problem.detail : message
  if (status !== null)
    return { title: typeof problem.title === "string" ? problem.title : `Error ${status}`, detail, status }
  const offline = error instanceof TypeError && /fetch|network|load failed/i.test(message)
  return offline
    ? { title: "The server cannot be reached", detail: "Check that it is running and that you are online.", status }
    : { title: "Something went wrong", detail, status }
}

export const isAbort = (error: unknown): boolean => isRecord(error) && error.name === "AbortError"
