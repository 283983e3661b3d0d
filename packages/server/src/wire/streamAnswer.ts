/** Answers that are made while they are sent. The first element is awaited, so that an early failure is still a problem document. */
import { Cause, Effect, Exit, Stream } from "effect"
import type { ApiResponse } from "../http/ApiRequest.ts"

/** A stream under way. */
export interface Started<A> extends AsyncIterable<A> {
  /** Undefined when the stream is empty. */
  readonly first: A | undefined
}

/** The stream with its first element already pulled; fails as the stream's start does. */
export const startStream = <A, E>(stream: Stream.Stream<A, E>): Effect.Effect<Started<A>, E> =>
  Effect.flatMap(
    Effect.promise(async () => {
      const iterator = Stream.toAsyncIterable(Stream.rechunk(stream, 1))[Symbol.asyncIterator]()
      try {
        return Exit.succeed({ iterator, first: await iterator.next() })
      } catch (error) {
        return Exit.failCause(isDomainError(error) ? Cause.fail(error as E) : Cause.die(error))
      }
    }),
    (exit) => Effect.map(exit, ({ iterator, first }) => resumed(iterator, first))
  )

const isDomainError = (error: unknown): boolean =>
  typeof error === "object" && error !== null && "_tag" in error && error instanceof Error

const resumed = <A>(iterator: AsyncIterator<A>, first: IteratorResult<A>): Started<A> => ({
  first: first.done === true ? undefined : first.value,
  [Symbol.asyncIterator]() {
    let begun = false
    return {
      next: () => {
        if (begun) return iterator.next()
        begun = true
        return Promise.resolve(first)
      },
      return: async () => {
        await iterator.return?.()
        return { done: true, value: undefined }
      }
    }
  }
})

export const streamed = (
  contentType: string,
  body: AsyncIterable<Uint8Array>,
  headers: Readonly<Record<string, string>> = {}
): ApiResponse => ({ status: 200, headers: { "content-type": contentType, ...headers }, body })
