/** AMD GPUs by `rocm-smi`. Its keys differ between releases, so they are found by what they contain. */
import { type GpuSample, numeric } from "./GpuSample.ts"

export const amdCommand = [
  "rocm-smi",
  "--showproductname",
  "--showuse",
  "--showmeminfo",
  "vram",
  "--showtemp",
  "--showpower",
  "--json"
] as const

export const parseAmd = (output: string): ReadonlyArray<GpuSample> => {
  // Warnings may stand before the document.
  const parsed: unknown = JSON.parse(output.slice(Math.max(0, output.indexOf("{"))))
  if (typeof parsed !== "object" || parsed === null) return []
  return Object.entries(parsed)
    .filter(([card]) => /^card\d+$/.test(card))
    .map(([card, fields]) => {
      const matching = (pattern: RegExp): ReadonlyArray<string> =>
        Object.entries(fields as Record<string, unknown>).flatMap(([name, value]) =>
          pattern.test(name) ? [String(value)] : []
        )
      const find = (pattern: RegExp): string | undefined => matching(pattern)[0]
      // Some sensors of a card say "N/A" where another of the same kind tells.
      const measured = (pattern: RegExp): number | undefined =>
        matching(pattern)
          .map((text) => numeric(text))
          .find((value) => value !== undefined)
      return {
        index: Number(card.slice(4)),
        name: find(/^Card series/i) ?? find(/^Card model/i) ?? find(/^Device Name/i) ?? "AMD GPU",
        utilization: numeric(find(/^GPU use/i)),
        memoryUsedBytes: numeric(find(/VRAM Total Used Memory/i)),
        memoryTotalBytes: numeric(find(/VRAM Total Memory/i)),
        temperatureC:
          measured(/Temperature.*edge/i) ?? measured(/Temperature.*(?:junction|hotspot)/i) ?? measured(/Temperature/i),
        powerW: measured(/(?:Average|Current|Socket).*Power/i)
      }
    })
}
