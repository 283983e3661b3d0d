/** Names of sweeps and of their runs: eight characters of 0-9 and a-z, as the client makes its own. */
import { randomInt } from "node:crypto"

const alphabet = "0123456789abcdefghijklmnopqrstuvwxyz"

export const randomName = (): string => Array.from({ length: 8 }, () => alphabet[randomInt(alphabet.length)]).join("")
