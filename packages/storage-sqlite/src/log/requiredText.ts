/**
 * The longest plain text that every match of a regular expression must hold. Looking for it first is many times faster than
 * running the expression, and lets a chunk's summary decide.
 */

/** Position after the class or group that begins at `start`; the end of the source where it is not closed. */
const skip = (source: string, start: number): number => {
  const isClass = source[start] === "["
  for (let at = start + 1; at < source.length; at++) {
    const character = source[at]
    if (character === "\\") at++
    else if (isClass ? character === "]" : character === ")") return at + 1
    else if (!isClass && (character === "(" || character === "[")) at = skip(source, at) - 1
  }
  return source.length
}

const longest = (texts: ReadonlyArray<string>): string =>
  texts.reduce((best, text) => (text.length > best.length ? text : best), "")

/** Only ASCII: elsewhere lower case depends on the neighbours. Empty where nothing is certain. */
export const requiredText = (source: string): string => {
  const found: Array<string> = []
  let text = ""
  const end = () => {
    found.push(text)
    text = ""
  }
  for (let at = 0; at < source.length; ) {
    const character = source[at]!
    if (character === "|") return ""
    if (character === "(" || character === "[") {
      end()
      at = skip(source, at)
    } else if (character === "*" || character === "?" || character === "{") {
      const counts = /^(?:[*?]|\{\d+(?:,\d*)?\})/.exec(source.slice(at, at + 24))
      if (counts === null) return ""
      // What was last may be absent.
      text = text.slice(0, -1)
      end()
      at += counts[0].length
    } else if ("+.^$".includes(character)) {
      end()
      at++
    } else if (character === "\\") {
      const escaped = source[at + 1] ?? ""
      if (/[dDwWsSbBtnrvf]/.test(escaped)) end()
      else if (/[A-Za-z0-9]/.test(escaped)) return ""
      else text += escaped
      at += 2
    } else {
      text += character
      at++
    }
    if (!/^[\x20-\x7e]*$/.test(text)) text = ""
  }
  return longest([...found, text])
}
