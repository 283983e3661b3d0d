import { defineConfig } from "tsup"

export default defineConfig({
  entry: { index: "src/index.ts", "import/index": "src/import/index.ts" },
  format: ["esm"],
  clean: false,
  tsconfig: "../../tsconfig.base.json",
  sourcemap: true,
  treeshake: true,
  target: "node20",
  removeNodeProtocol: false
})
