/** A parameter of a sweep, ready to be drawn from or counted through. */

/** A value as JSON text: `1.0` stays apart from `1`, which Python tells apart. */
export type ValueText = string

export interface Leaf {
  readonly kind: "leaf"
  /** The value at a place of [0, 1]. */
  draw(u: number): ValueText
  /** All values in order, where they can be counted. */
  readonly cells: Cells | null
}

export interface Cells {
  readonly count: number
  at(index: number): ValueText
}

export interface Nested {
  readonly kind: "nested"
  readonly parameters: ReadonlyArray<readonly [name: string, parameter: Parameter]>
}

export type Parameter = Leaf | Nested

/** A float as Python writes it. */
export const floatText = (value: number): ValueText =>
  Number.isInteger(value) && Math.abs(value) < 1e15 ? `${value}.0` : JSON.stringify(value)

export const wholeText = (value: number): ValueText => JSON.stringify(value)
