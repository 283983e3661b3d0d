/** A response's body as pieces and as lines, in every browser: not all can iterate a stream. */

export async function* bodyParts(response: Response): AsyncGenerator<Uint8Array> {
  const reader = response.body?.getReader()
  if (reader === undefined) return
  try {
    while (true) {
      const { done, value } = await reader.read()
      if (done) return
      yield value
    }
  } finally {
    await reader.cancel().catch(() => undefined)
  }
}

/** Lines without their ends, several at once: all that a piece completed. */
export async function* bodyLines(response: Response): AsyncGenerator<ReadonlyArray<string>> {
  const decoder = new TextDecoder()
  let rest = ""
  for await (const part of bodyParts(response)) {
    const lines = (rest + decoder.decode(part, { stream: true })).split("\n")
    rest = lines.pop() ?? ""
    if (lines.length > 0) yield lines
  }
  if (rest !== "") yield [rest]
}
