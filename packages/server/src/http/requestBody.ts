/** Reads bodies within limits: gzip is inflated against the same limit, so a small bomb cannot grow; JSON needs its content type. */
import { isUtf8 } from "node:buffer"
import { setImmediate as turn } from "node:timers/promises"
import { promisify } from "node:util"
import { gunzip } from "node:zlib"
import { type InvalidInput, parseInTurns } from "@wanllmdb/core"
import { Effect } from "effect"
import type { ApiRequest } from "./ApiRequest.ts"
import type { BodyShare } from "./BodyBudget.ts"
import { badRequest, tooLarge, wrongContentType } from "./HttpFault.ts"

const inflate = promisify(gunzip)

const isJsonType = (contentType: string | null): boolean =>
  contentType !== null && /^application\/([a-z0-9.+-]+\+)?json\s*(;|$)/i.test(contentType)

/** The media type alone, lower case. */
export const mediaType = (request: ApiRequest): string | null =>
  request.header("content-type")?.split(";", 1)[0]?.trim().toLowerCase() ?? null

/** The body's bytes after content decoding. */
export const readBytes = async (request: ApiRequest, limitBytes: number, share: BodyShare): Promise<Uint8Array> => {
  const { parsedBody } = request
  if (parsedBody instanceof Uint8Array) return parsedBody
  if (typeof parsedBody === "string") return new TextEncoder().encode(parsedBody)
  const encoding = request.header("content-encoding")?.trim().toLowerCase()
  const bytes = await request.read(limitBytes, share.atLeast)
  if (encoding === undefined || encoding === "" || encoding === "identity") return bytes
  if (encoding !== "gzip" && encoding !== "x-gzip") throw wrongContentType("gzip or not encoded", encoding)
  return inflated(bytes, limitBytes, share)
}

/** Gzip says at its end how long its content is. That much is counted before it is made, and more is not made before it is counted. */
const inflated = async (bytes: Uint8Array, limitBytes: number, share: BodyShare): Promise<Uint8Array> => {
  const said = bytes.length < 18 ? 0 : new DataView(bytes.buffer, bytes.byteOffset).getUint32(bytes.length - 4, true)
  for (const mostBytes of said < limitBytes ? [said, limitBytes] : [limitBytes]) {
    share.atLeast(bytes.length + mostBytes)
    try {
      return await inflate(bytes, { maxOutputLength: Math.max(1, mostBytes) })
    } catch (error) {
      // Longer than it said: several gzip members one after the other, or a lie.
      if (error instanceof RangeError) continue
      throw badRequest("body", "gzip as the content-encoding header says", "bytes that do not inflate")
    }
  }
  throw tooLarge(limitBytes)
}

/** The parsed JSON body; undefined for an empty one when `optional`. */
export const readJson = async (
  request: ApiRequest,
  limitBytes: number,
  share: BodyShare,
  optional: boolean
): Promise<unknown> => {
  const { parsedBody } = request
  if (parsedBody !== undefined && typeof parsedBody !== "string" && !(parsedBody instanceof Uint8Array)) {
    if (!isJsonType(request.header("content-type"))) {
      if (optional && isEmpty(request)) return undefined
      throw wrongContentType("application/json", request.header("content-type"))
    }
    return parsedBody
  }
  const bytes = await readBytes(request, limitBytes, share)
  if (bytes.length === 0 && optional) return undefined
  if (!isJsonType(request.header("content-type"))) {
    throw wrongContentType("application/json", request.header("content-type"))
  }
  if (bytes.length < largeBytes) return Effect.runSync(parseJson(bytes))
  await turn()
  const value = await readLarge(bytes)
  await turn()
  return value
}

/** In steps; what does not parse is named as `parseJson` does. */
const readLarge = async (bytes: Uint8Array): Promise<unknown> => {
  try {
    if (isUtf8(bytes)) return await parseInTurns(decodeText.decode(bytes))
  } catch {
    // Said below, with the place.
  }
  return Effect.runSync(parseJson(bytes))
}

const largeBytes = 256 * 1024

const decodeText = new TextDecoder()

/** Bytes as JSON; what does not parse is named with the parser's own words and an excerpt. */
export const parseJson = (bytes: Uint8Array): Effect.Effect<unknown, InvalidInput> => {
  if (!isUtf8(bytes)) return Effect.fail(badRequest("body", "JSON in UTF-8", "bytes that are not UTF-8"))
  const source = decodeText.decode(bytes)
  try {
    return Effect.succeed(JSON.parse(source))
  } catch (error) {
    const excerpt = source.length > 40 ? `${source.slice(0, 40)}…` : source
    const rule = `JSON (${error instanceof Error ? error.message : "unreadable"})`
    return Effect.fail(badRequest("body", rule, excerpt || "nothing"))
  }
}

const isEmpty = (request: ApiRequest): boolean => {
  const length = request.header("content-length")
  return length === "0" || (length === null && request.header("transfer-encoding") === null)
}
