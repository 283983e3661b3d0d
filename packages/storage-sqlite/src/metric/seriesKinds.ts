/** Kinds of series as numbers in rows and as bits of a key: numbers stand first, as in scans and summaries. */
import type { SeriesKind } from "@wanllmdb/core/metric"

export const seriesKinds: ReadonlyArray<SeriesKind> = ["number", "text", "histogram", "record"]

export const kindNumber: Readonly<Record<SeriesKind, number>> = { number: 0, text: 1, histogram: 2, record: 3 }

export const kindBit = (kind: SeriesKind): number => 1 << kindNumber[kind]
