/** Adam (Kingma and Ba 2015) over the layers of a network. */
import type { Layer } from "./Network.ts"

const beta1 = 0.9
const beta2 = 0.999
const epsilon = 1e-8

export class Adam {
  readonly #layers: ReadonlyArray<Layer>
  readonly #means: ReadonlyArray<Float32Array>
  readonly #squares: ReadonlyArray<Float32Array>
  #steps = 0

  constructor(layers: ReadonlyArray<Layer>) {
    this.#layers = layers
    this.#means = layers.map((layer) => new Float32Array(layer.parameters.length))
    this.#squares = layers.map((layer) => new Float32Array(layer.parameters.length))
  }

  step(learningRate: number): void {
    this.#steps++
    const rate = (learningRate * Math.sqrt(1 - beta2 ** this.#steps)) / (1 - beta1 ** this.#steps)
    for (const [l, { parameters, gradient }] of this.#layers.entries()) {
      const mean = this.#means[l]!
      const square = this.#squares[l]!
      for (let i = 0; i < parameters.length; i++) {
        const g = gradient[i]!
        mean[i] = beta1 * mean[i]! + (1 - beta1) * g
        square[i] = beta2 * square[i]! + (1 - beta2) * g * g
        parameters[i] = parameters[i]! - (rate * mean[i]!) / (Math.sqrt(square[i]!) + epsilon)
      }
    }
  }
}
