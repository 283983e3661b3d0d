/** What a run is started with: the options of `init`, then the environment, then defaults. */
import { randomBytes } from "node:crypto"
import { hostname } from "node:os"
import { resolve } from "node:path"

export type Mode = "online" | "offline" | "disabled"

export interface InitOptions {
  /** Slug or name of the project, made when it does not exist. Default: `WANLLMDB_PROJECT`, then `uncategorized`. */
  readonly project?: string | undefined
  /** User or organisation that the project belongs to. Default `local`. */
  readonly entity?: string | undefined
  /** Free text. Default: the server makes one up. */
  readonly name?: string | undefined
  /** Unique in the project: `[A-Za-z0-9][A-Za-z0-9._-]{0,127}`. Default: made at random. */
  readonly slug?: string | undefined
  /** When `slug` is taken: `never` (default) refuses, `allow` continues or creates, `must` continues or refuses. */
  readonly resume?: "never" | "allow" | "must" | boolean | undefined
  readonly config?: Readonly<Record<string, unknown>> | undefined
  readonly tags?: ReadonlyArray<string> | undefined
  readonly group?: string | undefined
  readonly jobType?: string | undefined
  readonly notes?: string | undefined
  /** Default: `WANLLMDB_MODE`, then `online`. `offline` only writes the spool; `disabled` does nothing at all. */
  readonly mode?: Mode | undefined
  /** Folder of the spool. Default: `WANLLMDB_DIR`, then `./wanllmdb`. */
  readonly dir?: string | undefined
  /** Where the server is mounted. Default: `WANLLMDB_URL`, then `http://127.0.0.1:8080`. */
  readonly url?: string | undefined
  /** Default: `WANLLMDB_API_KEY`. A server in local mode needs none. */
  readonly apiKey?: string | undefined
  /**
   * Label of this process where several write one run (`slug` and `resume: "allow"`). Default: `rank<N>` from `RANK` or
   * `SLURM_PROCID` above 0, else empty.
   */
  readonly process?: string | undefined
  /** Whether this process samples the machine and ends the run. Default: true without a label, false with one. */
  readonly primary?: boolean | undefined
  /** Copy stdout and stderr into the run's log. Default true. */
  readonly captureConsole?: boolean | undefined
  /** Seconds between system samples; false for none. Default 10. */
  readonly systemMetrics?: number | false | undefined
  /** Capture the commit, branch, remote and uncommitted diff. `"no-diff"` leaves out the diff. Default true. */
  readonly git?: boolean | "no-diff" | undefined
  /** Capture installed versions of the packages that package.json names. Default true. */
  readonly packages?: boolean | undefined
  /** Capture the command line, secrets masked. Default true. */
  readonly command?: boolean | undefined
  /** Environment variables to keep beside the built-in few. */
  readonly variables?: ReadonlyArray<string> | undefined
  /**
   * End the run when the process ends without `finish`: `failed` on an uncaught error, `killed` on SIGTERM or SIGINT, else
   * `finished`. Default false, because a library must not touch its host's handlers unasked.
   */
  readonly finishOnExit?: boolean | undefined
  /** Milliseconds that points wait to be sent together, 100 to 500 is sensible. Default 250. */
  readonly batchMs?: number | undefined
  /** Most milliseconds that `finish` waits for the server. Default 30,000. */
  readonly finishTimeoutMs?: number | undefined
  /** Hears what the tracker has to say. Default: one line on stderr. */
  readonly onMessage?: ((level: "info" | "warn", message: string) => void) | undefined
  /** Someone asked for the run to stop; `run.stopSignal` is aborted at the same time. */
  readonly onStop?: (() => void) | undefined
  /** Default: the global `fetch`. */
  readonly fetch?: typeof fetch | undefined
}

export interface Settings {
  readonly mode: Mode
  readonly entity: string
  readonly project: string
  readonly projectName: string
  readonly slug: string
  readonly resume: "never" | "allow" | "must"
  readonly dir: string
  readonly url: string
  readonly apiKey: string | undefined
  readonly process: string
  readonly primary: boolean
  /** What was wrong with the options and has been replaced by a default. */
  readonly faults: ReadonlyArray<string>
}

const slugPattern = /^[A-Za-z0-9][A-Za-z0-9._-]{0,127}$/
const modes: ReadonlyArray<string> = ["online", "offline", "disabled"]

export const resolveSettings = (options: InitOptions, env: NodeJS.ProcessEnv = process.env): Settings => {
  const faults: string[] = []
  const text = (value: unknown, name: string): string | undefined => {
    if (value === undefined || value === null || value === "") return undefined
    if (typeof value === "string") return value
    faults.push(`${name} must be a text, got ${typeof value}`)
    return undefined
  }
  const projectName = text(options.project, "project") ?? env.WANLLMDB_PROJECT ?? "uncategorized"
  const label = text(options.process, "process") ?? rankLabel(env)
  const mode = text(options.mode, "mode") ?? env.WANLLMDB_MODE ?? "online"
  if (!modes.includes(mode)) faults.push(`mode must be online, offline or disabled, got "${mode.slice(0, 40)}"`)
  let slug = text(options.slug, "slug")
  if (slug !== undefined && !slugPattern.test(slug)) {
    faults.push(`slug must be 1 to 128 letters, digits, dots, underscores or hyphens, got "${slug.slice(0, 40)}"`)
    slug = undefined
  }
  const resume = options.resume === true ? "allow" : options.resume === false ? "never" : (options.resume ?? "never")
  return {
    mode: modes.includes(mode) ? (mode as Mode) : "online",
    entity: asSlug(text(options.entity, "entity") ?? "local", "local"),
    project: asSlug(projectName, "uncategorized"),
    projectName: projectName.slice(0, 512),
    slug: slug ?? randomBytes(5).toString("hex"),
    resume: resume === "allow" || resume === "must" ? resume : "never",
    dir: resolve(text(options.dir, "dir") ?? env.WANLLMDB_DIR ?? "wanllmdb"),
    url: (text(options.url, "url") ?? env.WANLLMDB_URL ?? "http://127.0.0.1:8080").replace(/\/+$/, ""),
    apiKey: text(options.apiKey, "apiKey") ?? env.WANLLMDB_API_KEY,
    process: label.slice(0, 256),
    primary: options.primary ?? label === "",
    faults
  }
}

// The same rule as the server's, so that both make one project of one name.
const asSlug = (name: string, fallback: string): string => {
  if (slugPattern.test(name)) return name
  const slug = name
    .normalize("NFKD")
    .toLowerCase()
    .replace(/[^a-z0-9._]+/g, "-")
    .replace(/^[^a-z0-9]+|-+$/g, "")
    .slice(0, 128)
  return slug === "" ? fallback : slug
}

const rankLabel = (env: NodeJS.ProcessEnv): string => {
  const rank = env.RANK ?? env.SLURM_PROCID
  return rank !== undefined && /^[1-9]\d*$/.test(rank) ? `rank${rank}@${hostname()}`.slice(0, 64) : ""
}
