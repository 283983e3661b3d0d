/** A picture as a file: SVG for papers, where lines stay lines, and PNG at twice the size for everything else. */
import type { Picture } from "./Picture.ts"

const escapes: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" }

/** Names are whatever people logged; characters that XML cannot carry at all are left out. */
const escaped = (text: string): string =>
  text
    .replace(/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, "")
    .replace(/[&<>"]/g, (one) => escapes[one]!)

export const svgOf = ({ width, height, background, font, shapes }: Picture): string => {
  const body = shapes.map((shape) => {
    if (shape.kind === "text") {
      const weight = shape.bold ? ' font-weight="600"' : ""
      const anchor = shape.anchor === "start" ? "" : ` text-anchor="${shape.anchor}"`
      return `<text x="${shape.x}" y="${shape.y}" font-size="${shape.size}" fill="${shape.colour}"${weight}${anchor}>${escaped(shape.text)}</text>`
    }
    const opacity = shape.opacity === 1 ? "" : ` opacity="${shape.opacity}"`
    return shape.width === null
      ? `<path d="${shape.d}" fill="${shape.colour}"${opacity}/>`
      : `<path d="${shape.d}" fill="none" stroke="${shape.colour}" stroke-width="${shape.width}" stroke-linejoin="round" stroke-linecap="round"${opacity}/>`
  })
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" font-family="${escaped(font)}">
<rect width="${width}" height="${height}" fill="${background}"/>
${body.join("\n")}
</svg>
`
}

/** `scale` is device pixels per pixel of the picture. */
export const pngOf = ({ width, height, background, font, shapes }: Picture, scale = 2): Promise<Blob> => {
  const canvas = new OffscreenCanvas(width * scale, height * scale)
  const context = canvas.getContext("2d")
  if (context === null) throw new Error("This browser gives no canvas to draw the picture on")
  context.scale(scale, scale)
  context.fillStyle = background
  context.fillRect(0, 0, width, height)
  context.lineJoin = "round"
  context.lineCap = "round"
  for (const shape of shapes) {
    if (shape.kind === "text") {
      context.globalAlpha = 1
      context.font = `${shape.bold ? 600 : 400} ${shape.size}px ${font}`
      context.textAlign = shape.anchor === "middle" ? "center" : shape.anchor
      context.fillStyle = shape.colour
      context.fillText(shape.text, shape.x, shape.y)
      continue
    }
    context.globalAlpha = shape.opacity
    const path = new Path2D(shape.d)
    if (shape.width === null) {
      context.fillStyle = shape.colour
      context.fill(path)
    } else {
      context.strokeStyle = shape.colour
      context.lineWidth = shape.width
      context.stroke(path)
    }
  }
  return canvas.convertToBlob({ type: "image/png" })
}
