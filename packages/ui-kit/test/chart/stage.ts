/** A stage for charts in a browser test: a themed page, one element on it, and time for it to be drawn. */
import axe from "axe-core"

export const frames = async (count = 3): Promise<void> => {
  for (let index = 0; index < count; index++) await new Promise((done) => requestAnimationFrame(done))
}

/** Waits until a condition holds; fails the test by the runner's own time limit. */
export const until = async (condition: () => boolean): Promise<void> => {
  while (!condition()) await frames(1)
}

export const clearStage = (): void => document.body.replaceChildren()

export const stage = async <E extends HTMLElement>(element: E, width = 420, theme = "light"): Promise<E> => {
  document.body.style.cssText = `color-scheme: ${theme}; margin: 16px; background: var(--wl-bg)`
  const main = document.querySelector("main") ?? document.createElement("main")
  const card = document.createElement("div")
  card.style.cssText = `width: ${width}px; padding: 8px; background: var(--wl-surface); border: 1px solid var(--wl-line); border-radius: 8px`
  card.append(element)
  main.append(card)
  document.body.append(main)
  await frames(4)
  return element
}

/** Faults that axe finds on the page, as `rule: element`. */
export const faults = async (): Promise<ReadonlyArray<string>> => {
  const { violations } = await axe.run(document.body)
  return violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)
}

/** Pixels of a chart's canvas with any ink, and of one colour's hue if asked: those whose channel leads the others. */
export const inkOf = (root: ParentNode, leading?: 0 | 1 | 2): number => {
  const canvas = root.querySelector("canvas")
  if (canvas === null || canvas.width === 0) return 0
  const copy = new OffscreenCanvas(canvas.width, canvas.height).getContext("2d")!
  copy.drawImage(canvas, 0, 0)
  const { data } = copy.getImageData(0, 0, canvas.width, canvas.height)
  let count = 0
  for (let at = 0; at < data.length; at += 4) {
    if (data[at + 3]! < 64) continue
    const lead =
      leading === undefined ||
      [0, 1, 2].every((other) => other === leading || data[at + leading]! > data[at + other]! + 40)
    if (lead) count += 1
  }
  return count
}
