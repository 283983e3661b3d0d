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
      const find = (pattern: RegExp): string | undefined => {
        const entry = Object.entries(fields as Record<string, unknown>).find(([name]) => pattern.test(name))
        return entry === undefined ? undefined : String(entry[1])
      }
      return {
        index: Number(card.slice(4)),
        name: find(/^Card (?:series|model)/i) ?? "AMD GPU",
        utilization: numeric(find(/^GPU use/i)),
        memoryUsedBytes: numeric(find(/VRAM Total Used Memory/i)),
        memoryTotalBytes: numeric(find(/VRAM Total Memory/i)),
        temperatureC: numeric(find(/Temperature.*edge/i) ?? find(/Temperature/i)),
        powerW: numeric(find(/(?:Average|Current|Socket).*Power/i))
      }
    })
}
