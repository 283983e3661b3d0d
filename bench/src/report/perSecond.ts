/** How often something runs in a second: the best of three rounds, each at least `roundMs` long, after a warm-up. */
export const perSecond = (run: () => void, roundMs = 150): number => {
  run()
  run()
  let best = 0
  for (let round = 0; round < 3; round++) {
    const start = performance.now()
    let count = 0
    let elapsed = 0
    do {
      run()
      count++
      elapsed = performance.now() - start
    } while (elapsed < roundMs)
    best = Math.max(best, (count * 1000) / elapsed)
  }
  return best
}
