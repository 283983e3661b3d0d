/** What `scripts/embed.mjs` writes. */
declare module "#assets" {
  export const assets: ReadonlyMap<string, import("./Asset.ts").Asset>
}
