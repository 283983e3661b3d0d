import { defineConfig } from "tsup"

const shared = {
  format: ["esm" as const],
  clean: false,
  tsconfig: "../../tsconfig.base.json",
  sourcemap: true,
  treeshake: true,
  target: "node20",
  removeNodeProtocol: false,
  // tsup would inline optional dependencies, and native modules cannot be.
  external: ["better-sqlite3", "@photostructure/sqlite"]
}

export default defineConfig([
  { ...shared, entry: ["src/index.ts"] },
  {
    ...shared,
    entry: ["src/worker.ts"],
    // The threads start with one small file: the pure parts of core are inside, from source, and nothing of Effect is.
    noExternal: [/^@wanllmdb\//],
    esbuildOptions: (options) => {
      options.conditions = ["@wanllmdb/source"]
    }
  }
])
