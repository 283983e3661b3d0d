/**
 * How every bench speaks: the host and its sync time first, a table of absolute figures, then one closing line per figure,
 * `bench <name> <figure>=<value> goal=<goal> pass`, that scripts can read.
 */
import { closeSync, fdatasyncSync, mkdtempSync, openSync, rmSync, writeSync } from "node:fs"
import { cpus, tmpdir } from "node:os"
import { join } from "node:path"

export interface Report {
  /** One line of the table. */
  readonly row: (...cells: ReadonlyArray<string | number>) => void
  /** A figure that must reach the goal (`atLeast`) or stay under it (`atMost`). */
  readonly atLeast: (figure: string, value: number, goal: number, unit?: string) => void
  readonly atMost: (figure: string, value: number, goal: number, unit?: string) => void
  /** Prints the closing lines and sets the exit code. */
  readonly close: () => void
}

/** Milliseconds of one 4 KiB write with fdatasync, the median of 40. */
export const measureSyncMs = (): number => {
  const folder = mkdtempSync(join(tmpdir(), "wanllmdb-sync-"))
  const file = openSync(join(folder, "probe"), "w")
  const block = new Uint8Array(4096)
  const times: Array<number> = []
  for (let i = 0; i < 40; i++) {
    const start = performance.now()
    writeSync(file, block)
    fdatasyncSync(file)
    times.push(performance.now() - start)
  }
  closeSync(file)
  rmSync(folder, { recursive: true })
  return median(times)
}

export const median = (values: ReadonlyArray<number>): number => percentile(values, 0.5)

/** The value below which the share `p` (0 to 1) of the values lies; nearest rank. */
export const percentile = (values: ReadonlyArray<number>, p: number): number => {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(p * sorted.length))] ?? Number.NaN
}

/** Four significant digits, so that tables line up and claim no more than was measured. */
export const show = (value: number): string => (Math.abs(value) >= 1000 ? value.toFixed(0) : value.toPrecision(4))

export const report = (name: string): Report => {
  const lines: Array<string> = []
  let failed = false
  const cpu = cpus()
  console.log(
    `${name}: Node ${process.versions.node}, ${cpu.length} x ${cpu[0]?.model ?? "unknown"}, fdatasync ${measureSyncMs().toFixed(3)} ms`
  )
  const figure = (title: string, value: number, goal: number, passes: boolean, sign: string, unit: string) => {
    if (!passes) failed = true
    lines.push(`bench ${name} ${title}=${show(value)}${unit} goal=${sign}${goal}${unit} ${passes ? "pass" : "fail"}`)
  }
  return {
    row: (...cells) => console.log(cells.map((cell) => (typeof cell === "number" ? show(cell) : cell)).join("  ")),
    atLeast: (title, value, goal, unit = "") => figure(title, value, goal, value >= goal, ">=", unit),
    atMost: (title, value, goal, unit = "") => figure(title, value, goal, value <= goal, "<=", unit),
    close: () => {
      for (const line of lines) console.log(line)
      if (failed) process.exitCode = 1
    }
  }
}
