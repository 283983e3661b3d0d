import { defineConfig } from "tsup"

export default defineConfig({
  entry: ["src/*.ts"],
  format: ["esm"],
  clean: true,
  tsconfig: "../tsconfig.base.json",
  sourcemap: false,
  target: "node20",
  removeNodeProtocol: false,
  external: [/^@wanllmdb\//, /^[a-z@]/]
})
