/** Random numbers by their place and not by turn: any server makes the same draw for trial i, and no two trials share one. */
import { createHash } from "node:crypto"

const steps = 2 ** 53

/** In [2⁻⁵³, 1 − 2⁻⁵³], so that distributions with tails stay finite. */
export const drawUniform = (seed: string, trial: number, path: string): number => {
  const digest = createHash("sha256").update(`${seed}\n${trial}\n${path}`).digest()
  const whole = (digest.readUInt32BE(0) >>> 5) * 2 ** 26 + (digest.readUInt32BE(4) >>> 6)
  return Math.min(Math.max(whole, 1), steps - 1) / steps
}
