import { readFileSync, writeFileSync } from "node:fs"
import { defineConfig } from "tsup"
import { themeStyleSheet } from "./src/theme/tokens.ts"

/** Chunks lie beside the `chart` folder, not in it, so the worker's address differs between sources and build. */
const workerAddress = {
  name: "worker-address",
  setup(build: {
    onLoad: (on: { filter: RegExp }, load: (file: { path: string }) => { contents: string; loader: "ts" }) => void
  }) {
    build.onLoad({ filter: /ChartRenderer\.ts$/ }, ({ path }) => ({
      contents: readFileSync(path, "utf8").replace('"./worker.ts"', '"./chart/worker.js"'),
      loader: "ts"
    }))
  }
}

export default defineConfig({
  entry: ["src/index.ts", "src/*/index.ts", "src/elements/*.ts", "src/define/*.ts", "src/chart/worker.ts"],
  format: ["esm"],
  clean: false,
  tsconfig: "tsconfig.json",
  sourcemap: true,
  treeshake: true,
  splitting: true,
  esbuildPlugins: [workerAddress],
  target: "es2022",
  onSuccess: async () => writeFileSync("dist/theme.css", themeStyleSheet())
})
