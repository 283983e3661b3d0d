/** Resolves a CSS colour where an element stands: tokens, `light-dark()` and `oklch()` become numbers a canvas can use. */
export type Rgba = readonly [red: number, green: number, blue: number, alpha: number]

let pixel: CanvasRenderingContext2D | null = null

/** Components from 0 to 255, alpha too. `colour` is any CSS colour, such as `var(--wl-s3)`; what is none gives opaque black. */
export const readColour = (element: HTMLElement, colour: string): Rgba => {
  const probe = document.createElement("span")
  probe.style.display = "none"
  probe.style.color = colour
  ;(element.shadowRoot ?? element).append(probe)
  const computed = getComputedStyle(probe).color
  probe.remove()
  const plain = /^rgba?\((\d+), (\d+), (\d+)(?:, ([\d.]+))?\)$/.exec(computed)
  if (plain !== null) {
    return [Number(plain[1]), Number(plain[2]), Number(plain[3]), Math.round(Number(plain[4] ?? 1) * 255)]
  }
  pixel ??= new OffscreenCanvas(1, 1).getContext("2d", {
    willReadFrequently: true
  }) as unknown as CanvasRenderingContext2D
  pixel.clearRect(0, 0, 1, 1)
  pixel.fillStyle = computed
  pixel.fillRect(0, 0, 1, 1)
  const [red = 0, green = 0, blue = 0, alpha = 255] = pixel.getImageData(0, 0, 1, 1).data
  return [red, green, blue, alpha]
}
