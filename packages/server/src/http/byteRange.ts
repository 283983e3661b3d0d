/** One byte range of a `Range` header (RFC 9110 §14). Several ranges, or what does not parse, mean the whole. */
export type ByteRange =
  | { readonly kind: "whole" }
  | { readonly kind: "part"; readonly start: number; readonly end: number }
  | { readonly kind: "unsatisfiable" }

/** `end` is exclusive. */
export const byteRange = (header: string | null, sizeBytes: number): ByteRange => {
  const match = header === null ? null : /^bytes=(\d*)-(\d*)$/.exec(header.trim())
  if (match === null || (match[1] === "" && match[2] === "")) return { kind: "whole" }
  if (match[1] === "") {
    const length = Math.min(Number(match[2]), sizeBytes)
    return length === 0 ? { kind: "unsatisfiable" } : { kind: "part", start: sizeBytes - length, end: sizeBytes }
  }
  const start = Number(match[1])
  const end = match[2] === "" ? sizeBytes : Math.min(Number(match[2]) + 1, sizeBytes)
  if (start >= sizeBytes) return { kind: "unsatisfiable" }
  return end <= start ? { kind: "whole" } : { kind: "part", start, end }
}
