/**
 * Which charts are on the screen or just beside it, by one observer for the page: they are drawn before those that may come
 * into sight.
 */
const beside = "200px"
const listeners = new WeakMap<Element, (near: boolean) => void>()
let observer: IntersectionObserver | null = null

const heard = (entries: ReadonlyArray<IntersectionObserverEntry>): void => {
  for (const { target, isIntersecting } of entries) listeners.get(target)?.(isIntersecting)
}

/** Calls at once and whenever the answer changes. Answers what ends it. */
export const watchScreen = (element: Element, near: (near: boolean) => void): (() => void) => {
  const options: IntersectionObserverInit & { readonly scrollMargin: string } = {
    rootMargin: beside,
    scrollMargin: beside
  }
  observer ??= new IntersectionObserver(heard, options)
  listeners.set(element, near)
  observer.observe(element)
  return () => {
    observer?.unobserve(element)
    listeners.delete(element)
  }
}
