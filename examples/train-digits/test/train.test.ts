import { describe, expect, it } from "vitest"
import { loadDigits } from "../src/digits.ts"
import { Network } from "../src/Network.ts"
import { Random } from "../src/random.ts"
import { train } from "../src/train.ts"

const options = { learningRate: 0.003, hidden: [32], epochs: 8, batchSize: 32, seed: 1 }

describe("the digits", () => {
  it("are 1,797 images of ten classes", () => {
    const { count, images, labels } = loadDigits()
    expect(count).toBe(1797)
    expect(Math.max(...images)).toBe(1)
    expect(new Set(labels).size).toBe(10)
  })
})

describe("the training", () => {
  it("reads more than nine of ten unseen digits after a few epochs, the same each time", async () => {
    const losses: number[] = []
    const first = await train(options, { onStep: ({ loss }) => void losses.push(loss) })
    expect(first.validationAccuracy).toBeGreaterThan(0.9)
    expect(losses.at(-1)).toBeLessThan(losses[0]!)
    expect(await train(options, {})).toEqual(first)
  })

  it("ends when its listener says so", async () => {
    expect((await train(options, { onEpoch: ({ epoch }) => epoch < 2 })).epoch).toBe(2)
  })

  it("follows the true gradient", () => {
    const network = new Network([4, 5, 3], new Random(7))
    const image = Float32Array.of(0.1, 0.9, 0.4, 0.7)
    network.clearGradients()
    network.backward(image, 1, 1)
    const [layer] = network.layers
    for (const i of [0, 3, 7, 12, 21]) {
      const value = layer!.parameters[i]!
      const lossAt = (shift: number): number => {
        layer!.parameters[i] = value + shift
        const loss = -Math.log(network.forward(image)[1]!)
        layer!.parameters[i] = value
        return loss
      }
      const numeric = (lossAt(1e-2) - lossAt(-1e-2)) / 2e-2
      expect(layer!.gradient[i]!).toBeCloseTo(numeric, 2)
    }
  })
})
