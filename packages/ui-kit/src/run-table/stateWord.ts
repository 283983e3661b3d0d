/** A run's state as a word: colour alone never says it. */
import type { RunListItemJson } from "@wanllmdb/core/client"

export const stateWord = (state: RunListItemJson["state"]): string => state.slice(0, 1).toUpperCase() + state.slice(1)
