/** Unmodified clients that log as fast as they can. */
import { spawn, spawnSync } from "node:child_process"
import { join } from "node:path"

/** The programs of the environment that `npm run test:wandb` makes; null where it cannot be made. */
export const clientPrograms = (): string | null => {
  const given = process.env.WANLLMDB_TEST_WANDB_BIN
  if (given !== undefined) return given
  const made = spawnSync(process.execPath, ["scripts/test-wandb.mjs", "--environment"], { encoding: "utf8" })
  return made.status === 0 ? (made.stdout.trim().split("\n").at(-1) ?? null) : null
}

const script = `
import sys, time, wandb
rows, keys, name = int(sys.argv[1]), int(sys.argv[2]), sys.argv[3]
run = wandb.init(project="bench", id=name, settings=wandb.Settings(x_disable_stats=True, console="off"))
names = [f"layer{i}/value" for i in range(keys)]
start = time.time()
for step in range(rows):
    run.log({name: step + i / 128 for i, name in enumerate(names)})
run.finish()
print("took", start, time.time())
`

export interface ClientLoad {
  readonly clients: number
  readonly rows: number
  readonly keys: number
}

const runClient = (
  bin: string,
  url: string,
  folder: string,
  args: ReadonlyArray<string>
): Promise<readonly [start: number, end: number]> => {
  const child = spawn(join(bin, "python"), ["-c", script, ...args], {
    cwd: folder,
    env: {
      PATH: process.env.PATH,
      HOME: folder,
      WANDB_DIR: folder,
      WANDB_SILENT: "true",
      WANDB_BASE_URL: url,
      WANDB_API_KEY: `local-${"0".repeat(40)}`
    },
    stdio: ["ignore", "pipe", "pipe"]
  })
  let said = ""
  for (const stream of [child.stdout, child.stderr]) {
    stream.on("data", (data) => {
      said += data
    })
  }
  return new Promise((resolve, reject) => {
    child.on("close", () => {
      const took = /took ([\d.]+) ([\d.]+)/.exec(said)
      if (took === null) reject(new Error(`a client failed: ${said}`))
      else resolve([Number(took[1]), Number(took[2])])
    })
  })
}

/** Points a second from the first row logged to the last run finished, over all clients. */
export const pointsPerSecond = async (
  bin: string,
  url: string,
  folder: string,
  load: ClientLoad,
  name: string
): Promise<number> => {
  const spans = await Promise.all(
    Array.from({ length: load.clients }, (_, client) =>
      runClient(bin, url, folder, [String(load.rows), String(load.keys), `${name}-${client}`])
    )
  )
  const seconds = Math.max(...spans.map(([, end]) => end)) - Math.min(...spans.map(([start]) => start))
  return (load.clients * load.rows * load.keys) / seconds
}
