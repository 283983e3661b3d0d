/** A call that the server refused, with its problem document. */
import type { Problem } from "./WanllmdbClient.ts"

export class ProblemError extends Error {
  override readonly name = "ProblemError"
  readonly status: number
  readonly problem: Problem
  /** Seconds that the server asks to wait, where it does. */
  readonly retryAfter: number | null

  constructor(problem: Problem, retryAfter: number | null) {
    super(problem.detail ?? problem.title)
    this.status = problem.status
    this.problem = problem
    this.retryAfter = retryAfter
  }
}

const isProblem = (value: unknown): value is Problem =>
  typeof value === "object" && value !== null && "title" in value && "status" in value

/** From any answer that is not ok, also one that a proxy wrote. */
export const problemErrorOf = async (response: Response): Promise<ProblemError> => {
  const text = await response.text().catch(() => "")
  const retryAfter = Number.parseFloat(response.headers.get("retry-after") ?? "")
  let problem: Problem = {
    type: "about:blank",
    title: response.statusText || `HTTP ${response.status}`,
    status: response.status,
    detail: text.slice(0, 500) || `The server answered ${response.status}`
  }
  try {
    const parsed: unknown = JSON.parse(text)
    if (isProblem(parsed)) problem = parsed
  } catch {
    // Not a problem document: the status says enough.
  }
  return new ProblemError(problem, Number.isFinite(retryAfter) ? retryAfter : null)
}
