/** Where a run ran, as name and value; only what its client captured. */
import type { RunJson } from "@wanllmdb/core/client"
import { formatBytes } from "../format/formatNumber.ts"
import { formatDuration, formatMoment } from "../format/formatTime.ts"

export interface EnvironmentRow {
  readonly name: string
  readonly value: string
  readonly mono?: boolean
  readonly tag?: string
  /** Only of http and https. */
  readonly href?: string
}

const webAddress = (remote: string | undefined): string | undefined => {
  if (remote === undefined) return undefined
  const plain = remote.replace(/^git@([^:]+):/, "https://$1/").replace(/\.git$/, "")
  try {
    const url = new URL(plain)
    return url.protocol === "https:" || url.protocol === "http:" ? url.href : undefined
  } catch {
    return undefined
  }
}

export const environmentRows = (run: RunJson): ReadonlyArray<EnvironmentRow> => {
  const { git, command, runtime, os, host, cpu, cpuCount, memoryBytes, gpus, workingDirectory } = run.environment ?? {}
  const rows: Array<EnvironmentRow> = []
  if (git?.commit !== undefined) {
    const href = webAddress(git.remote)
    const dirty = git.dirtyFiles ?? 0
    rows.push({
      name: "Git",
      value: `${git.branch === undefined ? "" : `${git.branch} @ `}${git.commit.slice(0, 7)}`,
      mono: true,
      ...(dirty > 0 ? { tag: `${dirty} ${dirty === 1 ? "file" : "files"} changed` } : {}),
      ...(href === undefined ? {} : { href })
    })
  }
  if (command !== undefined) rows.push({ name: "Command", value: command, mono: true })
  if (workingDirectory !== undefined) rows.push({ name: "Folder", value: workingDirectory, mono: true })
  const system = [runtime, os].filter((part) => part !== undefined).join(", ")
  if (system !== "") rows.push({ name: "Runtime", value: system })
  const machine = [
    host ?? run.host,
    cpuCount === undefined ? undefined : `${cpuCount} cores`,
    memoryBytes === undefined ? undefined : formatBytes(memoryBytes)
  ]
    .filter((part) => part !== undefined && part !== null)
    .join(", ")
  if (machine !== "") rows.push({ name: "Host", value: machine })
  if (cpu !== undefined) rows.push({ name: "CPU", value: cpu })
  if (gpus !== undefined && gpus.length > 0)
    rows.push({ name: gpus.length === 1 ? "GPU" : "GPUs", value: gpus.join("; ") })
  rows.push({ name: "Started", value: formatMoment(Date.parse(run.createdAt)) })
  rows.push({ name: "Duration", value: formatDuration(run.durationMs) })
  if (run.exitCode !== null) rows.push({ name: "Exit code", value: String(run.exitCode), mono: true })
  if (run.group !== null) rows.push({ name: "Group", value: run.group })
  if (run.jobType !== null) rows.push({ name: "Job type", value: run.jobType })
  return rows
}
