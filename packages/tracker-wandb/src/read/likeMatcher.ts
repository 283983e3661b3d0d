/** SQL's `LIKE` in time that no pattern can make long: `%` is any text, `_` any character, everything else itself. */

/** Whether texts match. Going back to the last `%` alone is enough, so each text costs at most its length times the pattern's. */
export const likeMatcher = (pattern: string): ((text: string) => boolean) => {
  const wanted = [...pattern]
  return (text) => {
    const given = [...text]
    let [at, place] = [0, 0]
    let [star, resume] = [-1, 0]
    while (at < given.length) {
      const sign = wanted[place]
      if (sign === "%") {
        star = place++
        resume = at
      } else if (sign !== undefined && (sign === "_" || sign === given[at])) {
        at++
        place++
      } else if (star >= 0) {
        place = star + 1
        at = ++resume
      } else return false
    }
    while (wanted[place] === "%") place++
    return place === wanted.length
  }
}
