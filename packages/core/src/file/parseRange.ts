/** The `Range` header of a request for bytes (RFC 9110 §14). */

export type RangeAnswer =
  /** Answer 200 with everything: no range, another unit, several ranges, or a header that is none. */
  | { readonly kind: "whole" }
  /** Answer 206 with the bytes from `start` to before `end`. */
  | { readonly kind: "part"; readonly start: number; readonly end: number }
  /** Answer 416 with the header `Content-Range` set to `bytes` and a slash-separated star and size. */
  | { readonly kind: "unsatisfiable" }

const one = /^bytes\s*=\s*(?:(\d+)-(\d*)|-(\d+))$/i

/**
 * What to answer to `header` for a representation of `size` bytes. A server may ignore ranges it does not want to serve,
 * so several ranges give the whole; ignoring beats refusing what the RFC calls invalid.
 */
export const parseRange = (header: string | null | undefined, size: number): RangeAnswer => {
  const match = one.exec(header?.trim() ?? "")
  if (match === null) return { kind: "whole" }
  const [, first, last, suffix] = match
  if (suffix !== undefined) {
    if (Number(suffix) === 0) return { kind: "unsatisfiable" }
    return size === 0 ? { kind: "whole" } : { kind: "part", start: Math.max(0, size - Number(suffix)), end: size }
  }
  const start = Number(first)
  const end = last === "" ? size : Math.min(size, Number(last) + 1)
  if (last !== "" && Number(last) < start) return { kind: "whole" }
  return start >= size ? { kind: "unsatisfiable" } : { kind: "part", start, end }
}
