/** Trains the network on the digits and tells a listener about every step and epoch; it knows nothing of trackers. */
import { Adam } from "./Adam.ts"
import { classes, loadDigits, pick, pixels, type Samples, split } from "./digits.ts"
import { type Layer, Network } from "./Network.ts"
import { Random } from "./random.ts"

export interface TrainOptions {
  readonly learningRate: number
  readonly hidden: ReadonlyArray<number>
  readonly epochs: number
  readonly batchSize: number
  readonly seed: number
}

export interface StepReport {
  readonly step: number
  readonly loss: number
  readonly learningRate: number
  readonly gradientNorms: ReadonlyArray<number>
  readonly layers: ReadonlyArray<Layer>
}

export interface EpochReport {
  readonly step: number
  readonly epoch: number
  readonly trainLoss: number
  readonly trainAccuracy: number
  readonly validationLoss: number
  readonly validationAccuracy: number
}

export interface TrainListener {
  onStart?(facts: { trainImages: number; validationImages: number; parameters: number }): void
  onStep?(report: StepReport): void
  /** May wait; the next epoch starts after it. False ends the training. */
  onEpoch?(report: EpochReport): Promise<boolean> | boolean
}

export const train = async (options: TrainOptions, listener: TrainListener): Promise<EpochReport> => {
  const random = new Random(options.seed)
  const { train, validation } = split(loadDigits(), 0.2, random)
  const network = new Network([pixels, ...options.hidden, classes], random)
  const optimizer = new Adam(network.layers)
  listener.onStart?.({
    trainImages: train.count,
    validationImages: validation.count,
    parameters: network.parameterCount
  })
  const order = Uint32Array.from({ length: train.count }, (_, i) => i)
  const totalSteps = options.epochs * Math.ceil(train.count / options.batchSize)
  let step = 0
  let report: EpochReport | null = null
  for (let epoch = 1; epoch <= options.epochs; epoch++) {
    random.shuffle(order)
    for (let from = 0; from < train.count; from += options.batchSize) {
      const batch = pick(train, order.subarray(from, from + options.batchSize))
      const learningRate = cosine(options.learningRate, step, totalSteps)
      const loss = gradientOf(network, batch)
      const gradientNorms = network.layers.map((layer) => norm(layer.gradient))
      listener.onStep?.({ step, loss, learningRate, gradientNorms, layers: network.layers })
      optimizer.step(learningRate)
      step++
    }
    const [trainLoss, trainAccuracy] = evaluate(network, train)
    const [validationLoss, validationAccuracy] = evaluate(network, validation)
    report = { step: step - 1, epoch, trainLoss, trainAccuracy, validationLoss, validationAccuracy }
    if ((await listener.onEpoch?.(report)) === false) break
  }
  if (report === null) throw new Error("epochs must be at least 1")
  return report
}

/** Warm-up over the first 5 %, then a half cosine down to zero (Loshchilov and Hutter 2017). */
const cosine = (peak: number, step: number, total: number): number => {
  const warm = Math.max(1, Math.round(total * 0.05))
  if (step < warm) return (peak * (step + 1)) / warm
  return (peak * (1 + Math.cos((Math.PI * (step - warm)) / Math.max(1, total - warm)))) / 2
}

const gradientOf = (network: Network, batch: Samples): number => {
  network.clearGradients()
  let loss = 0
  for (let i = 0; i < batch.count; i++) {
    loss += network.backward(imageOf(batch, i), batch.labels[i]!, 1 / batch.count)
  }
  return loss / batch.count
}

const evaluate = (network: Network, samples: Samples): [loss: number, accuracy: number] => {
  let loss = 0
  let right = 0
  for (let i = 0; i < samples.count; i++) {
    const probabilities = network.forward(imageOf(samples, i))
    const label = samples.labels[i]!
    loss -= Math.log(Math.max(probabilities[label]!, 1e-12))
    if (probabilities.indexOf(Math.max(...probabilities)) === label) right++
  }
  return [loss / samples.count, right / samples.count]
}

const imageOf = (samples: Samples, row: number): Float32Array =>
  samples.images.subarray(row * pixels, (row + 1) * pixels)

const norm = (values: Float32Array): number => {
  let sum = 0
  for (const value of values) sum += value * value
  return Math.sqrt(sum)
}
