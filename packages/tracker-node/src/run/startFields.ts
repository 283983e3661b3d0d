/** The free fields of a new run, cut to what servers take: one tag too long must not keep the run from being made. */
import { jsonObject } from "./jsonValue.ts"
import type { InitOptions } from "./Settings.ts"

/** UTF-16 units; those of the server. */
const limits = { name: 1024, group: 512, jobType: 512, notes: 1 << 20 } as const
const tagLimit = 256
const mostTags = 1000

export const startFields = (options: InitOptions, onFault: (fault: string) => void) => {
  const cut = (text: string, most: number, name: string): string => {
    if (text.length <= most) return text
    onFault(`${name} has at most ${most} characters; it was cut from ${text.length}`)
    // Not through the middle of a surrogate pair.
    return text.slice(0, most).replace(/[\ud800-\udbff]$/, "")
  }
  const texts = Object.entries(limits).flatMap(([name, most]) => {
    const text = options[name as keyof typeof limits]
    return typeof text === "string" ? [[name, cut(text, most, name)] as const] : []
  })
  const given = Array.isArray(options.tags) ? options.tags.filter((tag) => typeof tag === "string" && tag !== "") : []
  const tags = given.slice(0, mostTags).map((tag) => cut(tag, tagLimit, "a tag"))
  if (given.length > mostTags) onFault(`a run has at most ${mostTags} tags; ${given.length} were given`)
  return {
    ...Object.fromEntries(texts),
    ...(tags.length === 0 ? {} : { tags }),
    ...(options.config === undefined ? {} : { config: jsonObject(options.config) })
  }
}
