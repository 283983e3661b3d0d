/** Tells once when a streamed answer has ended, whichever way: sent whole, broken off by its reader, or failed. */

export const watchEnd = (body: AsyncIterable<Uint8Array>, onEnd: () => void): AsyncIterable<Uint8Array> => ({
  [Symbol.asyncIterator]() {
    const iterator = body[Symbol.asyncIterator]()
    let told = false
    const end = () => {
      if (told) return
      told = true
      onEnd()
    }
    return {
      next: async () => {
        try {
          const next = await iterator.next()
          if (next.done === true) end()
          return next
        } catch (error) {
          end()
          throw error
        }
      },
      return: async () => {
        end()
        await iterator.return?.()
        return { done: true, value: undefined }
      }
    }
  }
})
