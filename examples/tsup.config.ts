/** How every example is built: one program for Node. */
import { defineConfig } from "tsup"

export default defineConfig({
  entry: ["src/main.ts"],
  format: ["esm"],
  clean: false,
  tsconfig: "../../tsconfig.base.json",
  sourcemap: true,
  target: "node20",
  removeNodeProtocol: false
})
