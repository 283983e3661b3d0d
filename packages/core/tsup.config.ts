import { defineConfig } from "tsup"

export default defineConfig({
  entry: [
    "src/index.ts",
    "src/client/index.ts",
    "src/log/terminal/index.ts",
    "src/metric/index.ts",
    "src/run/search/filter/index.ts",
    "src/testing/index.ts"
  ],
  format: ["esm"],
  clean: false,
  tsconfig: "../../tsconfig.base.json",
  sourcemap: true,
  treeshake: true,
  target: "node20",
  removeNodeProtocol: false
})
