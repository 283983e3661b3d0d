#!/usr/bin/env node
// A file that is there before anything is built, because npm links only commands whose file exists when it installs.
import { existsSync } from "node:fs"

const main = new URL("../dist/main.js", import.meta.url)
if (existsSync(main)) await import(main.href)
else {
  console.error("wanllmdb: not built yet; run: npm run build")
  process.exitCode = 1
}
