/**
 * Colour and weight codes (SGR, ECMA-48 §8.3.117) reduced to one canonical form, so that a cell that was styled a thousand
 * times carries one short code.
 */

/** Attributes 1–9 that each "off" code ends. */
const endedBy: Readonly<Record<number, ReadonlyArray<number>>> = {
  22: [1, 2],
  23: [3],
  24: [4],
  25: [5, 6],
  27: [7],
  28: [8],
  29: [9]
}

const plain = { attributes: [] as ReadonlyArray<number>, foreground: "", background: "" }
export type Style = typeof plain

export const plainStyle: Style = plain

/** The style after the parameters of one `ESC [ … m`, such as `1;31` or `38;5;208`. Codes it does not know change nothing. */
export const applySgr = (style: Style, parameters: string): Style => {
  const codes = parameters.split(/[;:]/).map((code) => (code === "" ? 0 : Number(code)))
  let { attributes, foreground, background } = style
  for (let at = 0; at < codes.length; at++) {
    const code = codes[at]!
    if (code === 0) {
      attributes = []
      foreground = ""
      background = ""
    } else if (code <= 9) {
      if (!attributes.includes(code)) attributes = [...attributes, code].sort((a, b) => a - b)
    } else if (code in endedBy) {
      attributes = attributes.filter((attribute) => !endedBy[code]!.includes(attribute))
    } else if ((code >= 30 && code <= 37) || (code >= 90 && code <= 97)) foreground = String(code)
    else if ((code >= 40 && code <= 47) || (code >= 100 && code <= 107)) background = String(code)
    else if (code === 39) foreground = ""
    else if (code === 49) background = ""
    else if (code === 38 || code === 48) {
      const length = codes[at + 1] === 5 ? 3 : codes[at + 1] === 2 ? 5 : 0
      const colour = codes.slice(at, at + length)
      if (length === 0 || colour.length < length || colour.some((part) => !(part >= 0 && part <= 255))) break
      if (code === 38) foreground = colour.join(";")
      else background = colour.join(";")
      at += length - 1
    }
  }
  return { attributes, foreground, background }
}

/** The parameters that set this style after a reset, empty for plain. */
export const styleCode = (style: Style): string =>
  [...style.attributes, style.foreground, style.background].filter((part) => part !== "").join(";")
