/** Waits between tries to connect: half a second, doubling to fifteen, spread so that a server's clients do not return at once. */
export const backoffMs = (failures: number): number =>
  Math.min(15_000, 500 * 2 ** Math.min(failures, 5)) * (0.5 + Math.random() / 2)
