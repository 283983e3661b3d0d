/** A drawing as data, so that a vector file and a bitmap are the same picture. */
export interface PathShape {
  readonly kind: "path"
  /** SVG path data. */
  readonly d: string
  readonly colour: string
  readonly opacity: number
  /** Width of the stroke; null fills the path. */
  readonly width: number | null
}

export interface TextShape {
  readonly kind: "text"
  readonly text: string
  readonly x: number
  /** Of the baseline. */
  readonly y: number
  readonly size: number
  readonly colour: string
  readonly bold: boolean
  readonly anchor: "start" | "middle" | "end"
}

export interface Picture {
  /** CSS pixels. */
  readonly width: number
  readonly height: number
  readonly background: string
  readonly font: string
  readonly shapes: ReadonlyArray<PathShape | TextShape>
}
