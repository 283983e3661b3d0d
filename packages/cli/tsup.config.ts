import { defineConfig } from "tsup"

const shared = {
  format: ["esm" as const],
  clean: false,
  tsconfig: "../../tsconfig.base.json",
  sourcemap: true,
  treeshake: true,
  target: "node20",
  removeNodeProtocol: false
}

export default defineConfig([
  { ...shared, entry: ["src/index.ts"] },
  {
    ...shared,
    entry: ["src/main.ts"],
    splitting: true,
    // A few files to read at start instead of a thousand. Native and optional modules stay where npm put them.
    noExternal: [/^(?!better-sqlite3|@photostructure|systeminformation|node:)/],
    external: ["better-sqlite3", "@photostructure/sqlite", "systeminformation"],
    banner: {
      js: 'import { createRequire as createRequireOfBundle } from "node:module"; const require = createRequireOfBundle(import.meta.url);'
    }
  }
])
