/** A made-up but lifelike project: runs of a digit classifier with curves, configs, logs and states of every kind. */
import type { FixtureProject, FixtureRun, FixtureSeries, Fixtures } from "./Fixtures.ts"

/** Numbers from 0 to 1, the same for the same seed. */
export const seeded = (seed: number) => (): number => {
  seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0
  return seed / 4294967296
}

const rows: ReadonlyArray<
  readonly [slug: string, state: FixtureRun["state"], accuracy: number, loss: number, lr: number, ageHours: number]
> = [
  ["amber-kite-41", "running", 0.9731, 0.0812, 0.003, 0.2],
  ["quiet-fjord-40", "finished", 0.9708, 0.0877, 0.003, 2],
  ["bold-ember-38", "finished", 0.9694, 0.0911, 0.01, 3],
  ["swift-reed-37", "running", 0.9668, 0.1034, 0.001, 0.3],
  ["calm-dune-36", "finished", 0.966, 0.1042, 0.01, 5],
  ["lucid-pine-33", "failed", 0.9412, 0.1875, 0.03, 25],
  ["early-moss-31", "finished", 0.938, 0.2011, 0.03, 27],
  ["vivid-lark-30", "crashed", 0.9127, 0.269, 0.1, 29],
  ["still-opal-29", "finished", 0.9098, 0.2714, 0.1, 49],
  ["warm-cove-27", "killed", 0.8861, 0.3302, 0.1, 50],
  ["brisk-alder-26", "finished", 0.884, 0.3377, 0.1, 51],
  ["lone-heron-24", "finished", 0.8712, 0.359, 0.3, 73],
  ["plain-birch-22", "finished", 0.8655, 0.3711, 0.3, 74],
  ["deep-quartz-21", "finished", 0.8544, 0.3902, 0.3, 97],
  ["soft-tern-19", "finished", 0.8431, 0.4044, 0.3, 98],
  ["fair-sorrel-18", "finished", 0.8409, 0.4101, 0.3, 99],
  ["keen-maple-15", "finished", 0.8312, 0.4288, 1, 121],
  ["late-cedar-14", "finished", 0.812, 0.461, 1, 122],
  ["mild-gorse-11", "finished", 0.798, 0.4822, 1, 145],
  ["new-thyme-09", "finished", 0.7712, 0.5301, 1, 146],
  ["old-larch-07", "failed", 0.512, 1.204, 3, 170]
]

const curve = (points: number, every: number, valueAt: (part: number) => number): FixtureSeries => ({
  steps: Array.from({ length: points }, (_, at) => at * every),
  values: Array.from({ length: points }, (_, at) => valueAt(points === 1 ? 1 : at / (points - 1)))
})

const noisy = (random: () => number, size: number): number => 1 + (random() - 0.5) * size

const metricsOf = (accuracy: number, loss: number, lr: number, random: () => number, points: number) => {
  const falling = (end: number, size: number) =>
    curve(points, 20, (part) => (part === 1 ? end : (end + (2.3 - end) * Math.exp(-part * 6)) * noisy(random, size)))
  const rising = (end: number) =>
    curve(Math.ceil(points / 8), 160, (part) =>
      part === 1 ? end : end * (1 - 0.85 * Math.exp(-part * 5)) * noisy(random, 0.02)
    )
  const machine = (middle: number, size: number) => curve(Math.ceil(points / 4), 80, () => middle * noisy(random, size))
  return {
    loss: falling(loss, 0.16),
    accuracy: rising(Math.min(0.999, accuracy + 0.01)),
    learning_rate: curve(points, 20, (part) =>
      part < 0.05 ? (lr * part) / 0.05 : (lr * (1 + Math.cos(Math.PI * part))) / 2
    ),
    grad_norm: curve(points, 20, (part) => (0.4 + Math.exp(-part * 4)) * noisy(random, 0.5)),
    "val/acc": rising(accuracy),
    "val/loss": curve(Math.ceil(points / 8), 160, (part) =>
      part === 1 ? loss * 1.3 : (loss * 1.3 + 2 * Math.exp(-part * 6)) * noisy(random, 0.05)
    ),
    "val/f1": rising(accuracy - 0.004),
    "system/cpu": machine(62, 0.4),
    "system/memory": machine(11.4, 0.05),
    "system/gpu.0.utilization": machine(88, 0.15)
  }
}

const logsOf = (slug: string, lr: number, loss: number, count: number) =>
  Array.from({ length: count }, (_, at) => {
    if (at === 0) return { text: `node train.ts --lr ${lr} --name ${slug}` }
    if (at % 9 === 5) return { text: `\u001b[32msaved checkpoint\u001b[0m digits-mlp:v${Math.ceil(at / 9)}` }
    if (at % 23 === 17)
      return { text: `\u001b[33mwarn\u001b[0m  batch ${at * 60}: gradient clipped at 1.0`, level: "warn" as const }
    return {
      text: `epoch ${at}  loss ${(loss * (1 + 8 / at)).toFixed(4)}  ${(380 + (at % 40)).toString()} img/s`,
      level: "info" as const
    }
  })

const digitsRun = (at: number, now: number, points: number): FixtureRun => {
  const [base, state = "finished", accuracy, loss, lr, ageHours] = rows[at % rows.length]!
  const random = seeded(at + 1)
  const round = Math.floor(at / rows.length)
  const slug = round === 0 ? base : `${base.replace(/-\d+$/, "")}-${1000 + at}`
  const createdAt = new Date(now - (ageHours + round * 180) * 3_600_000).toISOString()
  return {
    slug,
    name: slug,
    state: round > 0 && state === "running" ? "finished" : state,
    tags: at === 0 ? ["baseline", "mlp"] : at % 4 === 0 ? ["mlp"] : [],
    group: `lr ${lr}`,
    user: "ada",
    host: "node-07",
    createdAt,
    updatedAt: state === "running" && round === 0 ? new Date(now).toISOString() : createdAt,
    durationMs: 728_000 + at * 13_000,
    finishedAt: state === "running" && round === 0 ? null : createdAt,
    config: {
      lr,
      batch_size: 64,
      epochs: 20,
      model: { hidden: [128, 64], activation: at % 3 === 0 ? "gelu" : "relu" },
      optimizer: at % 2 === 0 ? "adamw" : "sgd",
      seed: 7 + at,
      weight_decay: 1e-4
    },
    notes: at === 0 ? "Longer warm-up than run 40, everything else the same." : "",
    environment: {
      host: "node-07",
      user: "ada",
      os: "Linux 6.1 x64",
      runtime: "Node 22.12",
      command: `node train.ts --lr ${lr}`,
      cpu: "AMD EPYC 7R13",
      cpuCount: 16,
      memoryBytes: 64 * 1024 ** 3,
      gpus: ["NVIDIA L4, 24 GiB"],
      git: { branch: "main", commit: "4f1c9ab02d7c5e1f", remote: "https://github.com/ada/digits", dirtyFiles: 2 }
    },
    metrics: metricsOf(accuracy, loss, lr, random, points),
    logs: logsOf(slug, lr, loss, 120),
    files: {
      "config.yaml": `lr: ${lr}\nbatch_size: 64\n`,
      "checkpoints/last.json": "{}",
      "code/train.ts": "console.log('training')\n"
    }
  }
}

/** The projects page and the project of the docs and tests. `runs` default 21, `points` per curve default 360. */
export const digitsFixtures = (
  options: { readonly runs?: number; readonly points?: number; readonly now?: number } = {}
): Fixtures => {
  const now = options.now ?? Date.now()
  const hoursAgo = (hours: number) => new Date(now - hours * 3_600_000).toISOString()
  const digits: FixtureProject = {
    slug: "digits",
    entity: "vision",
    name: "digits",
    description: "Handwritten digits with small networks: how far does a plain MLP go?",
    tags: ["mlp"],
    createdAt: hoursAgo(400),
    lastActivityAt: hoursAgo(0),
    runs: Array.from({ length: options.runs ?? rows.length }, (_, at) => digitsRun(at, now, options.points ?? 360))
  }
  return {
    projects: [
      digits,
      {
        slug: "tiny-gpt",
        entity: "language",
        name: "tiny-gpt",
        description: "Character model on public-domain books.",
        createdAt: hoursAgo(900),
        lastActivityAt: hoursAgo(26)
      },
      {
        slug: "uncategorized",
        entity: "local",
        name: "uncategorized",
        createdAt: hoursAgo(1200),
        lastActivityAt: hoursAgo(1100)
      }
    ]
  }
}
