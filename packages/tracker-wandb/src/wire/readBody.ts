/** Reads a request's body within a limit; gzip is inflated against the same limit, so a small bomb cannot grow. */
import { promisify } from "node:util"
import { gunzip } from "node:zlib"
import type { Call } from "../call/Call.ts"
import { ClientFault } from "./ClientFault.ts"

const inflate = promisify(gunzip)

const tooLarge = (limitBytes: number): ClientFault =>
  new ClientFault(413, `The body may have at most ${limitBytes} bytes`)

const readAll = async (body: ReadableStream<Uint8Array>, limitBytes: number, share: Call["share"]): Promise<Buffer> => {
  const parts: Array<Uint8Array> = []
  let size = 0
  const reader = body.getReader()
  try {
    for (let part = await next(reader); part !== null; part = await next(reader)) {
      size += part.length
      if (size > limitBytes) throw tooLarge(limitBytes)
      share.atLeast(size)
      parts.push(part)
    }
  } finally {
    await reader.cancel().catch(() => undefined)
  }
  return Buffer.concat(parts, size)
}

/** The next part, null at the end. A client that went away in the middle is no fault of the server. */
const next = async (reader: ReadableStreamDefaultReader<Uint8Array>): Promise<Uint8Array | null> => {
  try {
    const { done, value } = await reader.read()
    return done ? null : value
  } catch {
    throw new ClientFault(400, "The body ended before its announced length")
  }
}

export const readBody = async (request: Request, limitBytes: number, share: Call["share"]): Promise<Buffer> => {
  const { body } = request
  if (body === null) return Buffer.alloc(0)
  const bytes = await readAll(body, limitBytes, share)
  const encoding = request.headers.get("content-encoding")?.trim().toLowerCase() ?? "identity"
  if (encoding === "identity" || encoding === "") return bytes
  if (encoding !== "gzip")
    throw new ClientFault(415, `content-encoding: must be gzip or none, got "${encoding.slice(0, 40)}"`)
  // Gzip says at its end how long its content is: that much is counted before it is made.
  const said = bytes.length < 18 ? 0 : bytes.readUInt32LE(bytes.length - 4)
  for (const mostBytes of said > 0 && said < limitBytes ? [said, limitBytes] : [limitBytes]) {
    share.atLeast(bytes.length + mostBytes)
    try {
      return await inflate(bytes, { maxOutputLength: mostBytes })
    } catch (error) {
      // Longer than it said: several members one after the other, or a lie.
      if (error instanceof RangeError) continue
      throw new ClientFault(400, "body: must be gzip as its content-encoding says, got bytes that do not inflate")
    }
  }
  throw tooLarge(limitBytes)
}
