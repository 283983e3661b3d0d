/** One after the other by name: what would only get in each other's way at the store need not try. */
const tails = new Map<string, Promise<unknown>>()

export const serially = async <A>(name: string, work: () => Promise<A>): Promise<A> => {
  const before = tails.get(name) ?? Promise.resolve()
  const mine = before.then(work, work)
  const tail = mine.catch(() => undefined)
  tails.set(name, tail)
  try {
    return await mine
  } finally {
    if (tails.get(name) === tail) tails.delete(name)
  }
}
