/** Reads a request's body within a limit; gzip is inflated against the same limit, so a small bomb cannot grow. */
import { promisify } from "node:util"
import { gunzip } from "node:zlib"
import { ClientFault } from "./ClientFault.ts"

const inflate = promisify(gunzip)

const tooLarge = (limitBytes: number): ClientFault =>
  new ClientFault(413, `The body may have at most ${limitBytes} bytes`)

export const readBody = async (request: Request, limitBytes: number): Promise<Buffer> => {
  const { body } = request
  if (body === null) return Buffer.alloc(0)
  const parts: Array<Uint8Array> = []
  let size = 0
  const reader = body.getReader()
  try {
    for (let part = await reader.read(); !part.done; part = await reader.read()) {
      size += part.value.length
      if (size > limitBytes) throw tooLarge(limitBytes)
      parts.push(part.value)
    }
  } finally {
    await reader.cancel().catch(() => undefined)
  }
  const bytes = Buffer.concat(parts, size)
  const encoding = request.headers.get("content-encoding")?.trim().toLowerCase() ?? "identity"
  if (encoding === "identity" || encoding === "") return bytes
  if (encoding !== "gzip")
    throw new ClientFault(415, `content-encoding: must be gzip or none, got "${encoding.slice(0, 40)}"`)
  try {
    return await inflate(bytes, { maxOutputLength: limitBytes })
  } catch (error) {
    if (error instanceof RangeError) throw tooLarge(limitBytes)
    throw new ClientFault(400, "body: must be gzip as its content-encoding says, got bytes that do not inflate")
  }
}
