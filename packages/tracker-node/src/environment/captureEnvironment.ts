/**
 * What the run page shows under "environment": machine, runtime, command, code. Gathered beside the training; parts that
 * cannot be had are left out. Nothing of the process environment is read but the names of the allow-list.
 */
import { arch, cpus, hostname, platform, release, totalmem, userInfo } from "node:os"
import { basename, relative } from "node:path"
import type { RunJson } from "@wanllmdb/core/client"
import { captureGit } from "./captureGit.ts"
import { capturePackages } from "./capturePackages.ts"
import { maskedCommand, maskSecrets } from "./maskSecrets.ts"

export type Environment = NonNullable<RunJson["environment"]>

export interface CaptureOptions {
  readonly directory: string
  readonly git: boolean
  readonly diff: boolean
  readonly packages: boolean
  readonly command: boolean
  /** More variables than `defaultVariables` to keep. */
  readonly variables: ReadonlyArray<string>
}

/** Variables that tell how a job was placed and none that holds a secret. */
export const defaultVariables: ReadonlyArray<string> = [
  "CUDA_VISIBLE_DEVICES",
  "HIP_VISIBLE_DEVICES",
  "LOCAL_RANK",
  "NODE_ENV",
  "OMP_NUM_THREADS",
  "RANK",
  "SLURM_ARRAY_JOB_ID",
  "SLURM_ARRAY_TASK_ID",
  "SLURM_JOB_ID",
  "SLURM_NODEID",
  "SLURM_PROCID",
  "WORLD_SIZE"
]

/** The part that costs nothing to learn. */
export const captureHost = (options: CaptureOptions): Environment => {
  const processors = cpus()
  const model = processors[0]?.model.trim()
  const user = attempt(() => userInfo().username)
  const variables: Record<string, string> = {}
  for (const name of [...defaultVariables, ...options.variables]) {
    const value = process.env[name]
    if (value !== undefined) variables[name] = maskSecrets(value).slice(0, 1024)
  }
  return {
    host: hostname(),
    os: `${platform()} ${release()} ${arch()}`,
    runtime: `Node ${process.versions.node}`,
    workingDirectory: options.directory,
    cpuCount: processors.length,
    memoryBytes: totalmem(),
    variables,
    ...(user === undefined ? {} : { user }),
    ...(model === undefined || model === "" ? {} : { cpu: model }),
    ...(options.command ? { command: commandLine(options.directory) } : {})
  }
}

export const captureEnvironment = async (options: CaptureOptions): Promise<Environment> => {
  const [git, packages] = await Promise.all([
    options.git ? captureGit({ directory: options.directory, diff: options.diff }).catch(() => null) : null,
    options.packages ? capturePackages(options.directory).catch(() => ({})) : {}
  ])
  return {
    ...captureHost(options),
    ...(git === null ? {} : { git }),
    ...(Object.keys(packages).length === 0 ? {} : { packages })
  }
}

const commandLine = (directory: string): string => {
  const [, script, ...args] = process.argv
  const program = basename(process.execPath)
  const path = script === undefined ? undefined : relative(directory, script)
  const shown = path === undefined || path.startsWith("..") ? script : path
  return maskedCommand([program, ...process.execArgv, ...(shown === undefined ? [] : [shown]), ...args])
}

const attempt = <A>(read: () => A): A | undefined => {
  try {
    return read()
  } catch {
    return undefined
  }
}
