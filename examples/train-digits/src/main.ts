/**
 * Trains a small neural network on real handwritten digits and logs it:
 * `node dist/main.js --lr 0.003 --hidden 64,32 --epochs 30 --seed 1 --name baseline`
 */
import { setTimeout as sleep } from "node:timers/promises"
import { parseArgs } from "node:util"
import { Histogram, init } from "@wanllmdb/tracker-node"
import { train } from "./train.ts"

const { values: flags } = parseArgs({
  options: {
    lr: { type: "string", default: "0.003" },
    hidden: { type: "string", default: "64,32" },
    epochs: { type: "string", default: "30" },
    batch: { type: "string", default: "32" },
    seed: { type: "string", default: "1" },
    name: { type: "string" },
    project: { type: "string", default: "digits" },
    group: { type: "string" },
    /** Least milliseconds an epoch takes, so that a demonstration can be watched. */
    pace: { type: "string", default: "0" }
  }
})

const options = {
  learningRate: Number(flags.lr),
  hidden: flags.hidden.split(",").filter(Boolean).map(Number),
  epochs: Number(flags.epochs),
  batchSize: Number(flags.batch),
  seed: Number(flags.seed)
}
for (const [name, value] of Object.entries({ ...options, hidden: Math.min(...options.hidden) })) {
  if (!(value > 0)) {
    console.error(`train-digits: --${name} must be a number above 0, got ${value}`)
    process.exit(2)
  }
}

const run = init({
  project: flags.project,
  ...(flags.name === undefined ? {} : { name: flags.name }),
  ...(flags.group === undefined ? {} : { group: flags.group }),
  jobType: "train",
  tags: ["digits", "mlp"],
  config: { ...options, dataset: "uci-digits", optimizer: "adam", schedule: "cosine" },
  systemMetrics: 2,
  finishOnExit: true
})
run.defineMetric("val/accuracy", { summary: "max", goal: "maximize" })
run.defineMetric("val/loss", { summary: "min", goal: "minimize" })

const histogramEvery = 20
let began = Date.now()
const last = await train(options, {
  onStart: ({ trainImages, validationImages, parameters }) => {
    run.updateConfig({ trainImages, validationImages, parameters })
    console.log(`${trainImages} images to train on, ${validationImages} to validate, ${parameters} parameters`)
  },
  onStep: ({ step, loss, learningRate, gradientNorms, layers }) => {
    const norms = Object.fromEntries(gradientNorms.map((norm, layer) => [`gradient_norm/layer${layer}`, norm]))
    const total = Math.hypot(...gradientNorms)
    run.log({ "train/loss": loss, learning_rate: learningRate, "gradient_norm/total": total, ...norms }, { step })
    if (step % histogramEvery === 0) {
      const histograms = layers.map((layer, l) => [`gradients/layer${l}`, Histogram.of(layer.gradient)] as const)
      run.log(Object.fromEntries(histograms), { step })
    }
  },
  onEpoch: async ({ step, epoch, trainLoss, trainAccuracy, validationLoss, validationAccuracy }) => {
    run.log(
      {
        epoch,
        "train/epoch_loss": trainLoss,
        "train/accuracy": trainAccuracy,
        "val/loss": validationLoss,
        "val/accuracy": validationAccuracy
      },
      { step }
    )
    const percent = (100 * validationAccuracy).toFixed(2)
    console.log(
      `epoch ${epoch}/${options.epochs}  loss ${trainLoss.toFixed(4)}  val ${validationLoss.toFixed(4)}  ${percent} %`
    )
    // Training is one long computation; a breath lets the sender work.
    await sleep(Math.max(1, Number(flags.pace) - (Date.now() - began)))
    began = Date.now()
    return !run.stopSignal.aborted
  }
})

run.summary.final_accuracy = last.validationAccuracy
const report = await run.finish(0, run.stopSignal.aborted ? "killed" : "finished")
console.log(
  JSON.stringify({
    name: flags.name ?? run.slug,
    url: run.url,
    delivered: report.delivered,
    epochs: last.epoch,
    validationAccuracy: last.validationAccuracy,
    validationLoss: last.validationLoss
  })
)
