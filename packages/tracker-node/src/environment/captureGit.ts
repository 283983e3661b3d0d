/** The state of the code: commit, branch, remote and what is not committed. Silent where there is no git or no repository. */
import { execFile } from "node:child_process"
import { maskSecrets } from "./maskSecrets.ts"

export interface GitCapture {
  commit?: string
  branch?: string
  remote?: string
  dirtyFiles?: number
  diff?: string
}

export interface GitOptions {
  readonly directory: string
  /** Whether to keep the uncommitted diff. */
  readonly diff: boolean
}

export const maxDiffBytes = 1 << 20
const timeoutMs = 5000

export const captureGit = async ({ directory, diff }: GitOptions): Promise<GitCapture | null> => {
  const git = (...args: string[]): Promise<string | null> =>
    new Promise((resolve) => {
      // Optional locks off: reading must not disturb a git that works in the same tree.
      const options = {
        cwd: directory,
        timeout: timeoutMs,
        maxBuffer: 4 * maxDiffBytes,
        env: { ...process.env, GIT_OPTIONAL_LOCKS: "0", GIT_TERMINAL_PROMPT: "0", LC_ALL: "C" }
      }
      const child = execFile("git", args, options, (error, stdout) => {
        const cut = error !== null && (error as NodeJS.ErrnoException).code === "ERR_CHILD_PROCESS_STDIO_MAXBUFFER"
        resolve(error === null || cut ? stdout : null)
      })
      child.unref()
    })
  if ((await git("rev-parse", "--is-inside-work-tree"))?.trim() !== "true") return null
  const [commit, branch, remote, status, patch] = await Promise.all([
    git("rev-parse", "HEAD"),
    git("rev-parse", "--abbrev-ref", "HEAD"),
    git("config", "--get", "remote.origin.url"),
    git("status", "--porcelain", "--untracked-files=normal"),
    diff ? git("diff", "HEAD", "--no-color", "--no-ext-diff") : null
  ])
  const found: GitCapture = {}
  if (commit !== null) found.commit = commit.trim()
  if (branch !== null && branch.trim() !== "HEAD") found.branch = branch.trim()
  if (remote !== null && remote.trim() !== "") found.remote = maskSecrets(remote.trim())
  if (status !== null) found.dirtyFiles = status.split("\n").filter((line) => line !== "").length
  if (patch !== null && patch !== "") found.diff = shorten(maskSecrets(patch))
  return found
}

const shorten = (diff: string): string =>
  diff.length <= maxDiffBytes ? diff : `${diff.slice(0, maxDiffBytes)}\n… shortened from ${diff.length} characters\n`
