import { defineConfig } from "tsup"

export default defineConfig({
  entry: ["src/main.ts", "src/index.ts"],
  format: ["esm"],
  // Names of parts carry a hash, so old ones would pile up; the declarations beside them are tsc's.
  clean: ["!**/*.d.ts", "!**/*.d.ts.map"],
  splitting: true,
  tsconfig: "../../tsconfig.base.json",
  sourcemap: false,
  // A quarter less text to read and parse at start. Names stay: errors and profiles show them.
  minifySyntax: true,
  minifyWhitespace: true,
  target: "node20",
  removeNodeProtocol: false,
  // A few files to read at start instead of a thousand. Native and optional modules stay where npm put them.
  noExternal: [/^(?!better-sqlite3|@photostructure|systeminformation|node:)/],
  external: ["better-sqlite3", "@photostructure/sqlite", "systeminformation"],
  banner: {
    js: 'import { createRequire as createRequireOfBundle } from "node:module"; const require = createRequireOfBundle(import.meta.url);'
  }
})
