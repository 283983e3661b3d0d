/** Names too long for their place lose their middle: the beginning says what it is, the end tells it from its neighbours. */

const tailLength = 8
const shortest = 16

/**
 * Head and tail of a text. Drawn in a flex row, the head shrinks with an ellipsis and the tail stays; a short text is all
 * head. Neither a surrogate pair nor a combining mark is torn from what it belongs to.
 */
export const splitMiddle = (text: string): readonly [head: string, tail: string] => {
  if (text.length <= shortest) return [text, ""]
  let at = text.length - tailLength
  // A space at the cut would widen the gap of the ellipsis.
  while (text[at] === " ") at++
  while (at > 0 && /\p{M}|\u200d|[\udc00-\udfff]/u.test(text[at]!)) at--
  return [text.slice(0, at), text.slice(at)]
}
