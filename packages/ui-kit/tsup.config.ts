import { writeFileSync } from "node:fs"
import { defineConfig } from "tsup"
import { themeStyleSheet } from "./src/theme/tokens.ts"

export default defineConfig({
  entry: ["src/index.ts", "src/*/index.ts", "src/elements/*.ts", "src/define/*.ts", "src/chart/worker.ts"],
  format: ["esm"],
  clean: false,
  tsconfig: "tsconfig.json",
  sourcemap: true,
  treeshake: true,
  splitting: true,
  target: "es2022",
  onSuccess: async () => writeFileSync("dist/theme.css", themeStyleSheet())
})
