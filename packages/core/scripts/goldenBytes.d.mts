/** Types of `goldenBytes.mjs` for tests. */
export declare const toNumbers: (values: ReadonlyArray<number | string>) => Float64Array
export declare const goldenBytes: (metric: object, vector: object) => Readonly<Record<string, Uint8Array>>
