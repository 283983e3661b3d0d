/** A request that HTTP itself refuses: too large, wrong method, no sign-in. Domain errors keep their own classes. */
import { type InputFault, InvalidInput } from "@wanllmdb/core"
import { Data } from "effect"

export class HttpFault extends Data.TaggedError("HttpFault")<{
  readonly status: number
  readonly title: string
  readonly detail: string
  readonly errors?: ReadonlyArray<InputFault>
  readonly headers?: Readonly<Record<string, string>>
}> {
  override get message() {
    return this.detail
  }
}

export const unauthorized = (detail: string): HttpFault =>
  new HttpFault({
    status: 401,
    title: "Sign-in needed",
    detail,
    headers: { "www-authenticate": 'Bearer realm="wanllmdb", Basic realm="wanllmdb"' }
  })

export const forbidden = (detail: string): HttpFault => new HttpFault({ status: 403, title: "Not allowed", detail })

export const notFound = (detail: string): HttpFault => new HttpFault({ status: 404, title: "Not found", detail })

export const tooLarge = (limitBytes: number): HttpFault =>
  new HttpFault({
    status: 413,
    title: "Body too large",
    detail: `The body is longer than ${limitBytes} bytes`,
    errors: [{ path: "body", rule: `at most ${limitBytes} bytes`, got: "more" }]
  })

export const wrongContentType = (expected: string, got: string | null): HttpFault =>
  new HttpFault({
    status: 415,
    title: "Wrong content type",
    detail: `The body must be ${expected}`,
    errors: [{ path: "content-type", rule: expected, got: got ?? "none" }]
  })

export const overloaded = (detail: string): HttpFault =>
  new HttpFault({ status: 503, title: "Overloaded", detail, headers: { "retry-after": "1" } })

export const badRequest = (path: string, rule: string, got: string): InvalidInput =>
  new InvalidInput({ faults: [{ path, rule, got }] })
