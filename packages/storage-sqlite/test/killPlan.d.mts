import type { SectionInput } from "@wanllmdb/core/metric"

export declare const runs: ReadonlyArray<string>
export declare const writers: (run: string) => ReadonlyArray<string>
export declare const rowsOf: (sequence: number) => number
export declare const valueOf: (step: number) => number
export declare const batchOf: (writer: string, sequence: number) => unknown
export declare const pageKeys: ReadonlyArray<string>
export declare const blockValue: (step: number) => number
export declare const blockOf: (block: number) => SectionInput
