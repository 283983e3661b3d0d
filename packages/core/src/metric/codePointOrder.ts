/** Order of keys: by Unicode code point, which is the order of their UTF-8 and so of every database. JavaScript's own is another. */

/** Negative, zero or positive. Differs from `<` only where surrogates meet U+E000 … U+FFFF. */
export const compareCodePoints = (a: string, b: string): number => {
  const length = Math.min(a.length, b.length)
  for (let i = 0; i < length; i++) {
    let x = a.charCodeAt(i)
    let y = b.charCodeAt(i)
    if (x === y) continue
    // Surrogates stand for what lies above U+FFFF; the units above them step down in their place.
    if (x >= 0xd800 && y >= 0xd800) {
      x = x >= 0xe000 ? x - 0x800 : x + 0x2000
      y = y >= 0xe000 ? y - 0x800 : y + 0x2000
    }
    return x - y
  }
  return a.length - b.length
}
