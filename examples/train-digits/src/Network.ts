/** A multilayer perceptron: dense layers with ReLU between them and a softmax at the end, on typed arrays. */
import type { Random } from "./random.ts"

export interface Layer {
  readonly inputs: number
  readonly outputs: number
  /** Weights row by row (`outputs` × `inputs`), then one bias for each output. */
  readonly parameters: Float32Array
  readonly gradient: Float32Array
}

export class Network {
  readonly layers: ReadonlyArray<Layer>
  readonly #activations: Float32Array[]
  readonly #errors: Float32Array[]

  /** `sizes`: inputs, hidden layers, outputs. Weights start as He et al. (2015) have it for ReLU. */
  constructor(sizes: ReadonlyArray<number>, random: Random) {
    this.layers = sizes.slice(1).map((outputs, i) => {
      const inputs = sizes[i]!
      const parameters = new Float32Array(outputs * inputs + outputs)
      const scale = Math.sqrt(2 / inputs)
      for (let w = 0; w < outputs * inputs; w++) parameters[w] = random.normal() * scale
      return { inputs, outputs, parameters, gradient: new Float32Array(parameters.length) }
    })
    this.#activations = sizes.map((size) => new Float32Array(size))
    this.#errors = sizes.map((size) => new Float32Array(size))
  }

  get parameterCount(): number {
    return this.layers.reduce((sum, layer) => sum + layer.parameters.length, 0)
  }

  /** Class probabilities for one image; the array is reused by the next call. */
  forward(image: Float32Array): Float32Array {
    this.#activations[0]!.set(image)
    const top = this.layers.length - 1
    for (const [l, { inputs, outputs, parameters }] of this.layers.entries()) {
      const input = this.#activations[l]!
      const output = this.#activations[l + 1]!
      for (let o = 0; o < outputs; o++) {
        let sum = parameters[outputs * inputs + o]!
        const row = o * inputs
        for (let i = 0; i < inputs; i++) sum += parameters[row + i]! * input[i]!
        output[o] = l < top && sum < 0 ? 0 : sum
      }
    }
    return softmax(this.#activations[top + 1]!)
  }

  /** Adds the gradient of one image's cross-entropy, times `weight`, and gives its loss. */
  backward(image: Float32Array, label: number, weight: number): number {
    const probabilities = this.forward(image)
    const loss = -Math.log(Math.max(probabilities[label]!, 1e-12))
    const top = this.layers.length
    const error = this.#errors[top]!
    error.set(probabilities)
    error[label] = error[label]! - 1
    for (let l = top - 1; l >= 0; l--) {
      const { inputs, outputs, parameters, gradient } = this.layers[l]!
      const input = this.#activations[l]!
      const above = this.#errors[l + 1]!
      const below = this.#errors[l]!
      below.fill(0)
      for (let o = 0; o < outputs; o++) {
        const e = above[o]!
        if (e === 0) continue
        const row = o * inputs
        for (let i = 0; i < inputs; i++) {
          gradient[row + i]! += weight * e * input[i]!
          below[i]! += parameters[row + i]! * e
        }
        gradient[outputs * inputs + o]! += weight * e
      }
      for (let i = 0; i < inputs; i++) if (input[i]! <= 0) below[i] = 0
    }
    return loss
  }

  clearGradients(): void {
    for (const layer of this.layers) layer.gradient.fill(0)
  }
}

const softmax = (values: Float32Array): Float32Array => {
  let most = Number.NEGATIVE_INFINITY
  for (const value of values) if (value > most) most = value
  let sum = 0
  for (let i = 0; i < values.length; i++) {
    values[i] = Math.exp(values[i]! - most)
    sum += values[i]!
  }
  for (let i = 0; i < values.length; i++) values[i] = values[i]! / sum
  return values
}
