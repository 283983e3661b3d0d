#!/usr/bin/env node
/** The `wanllmdb` command. */
import { readFileSync } from "node:fs"
import { runCommand } from "./program.ts"

const manifest: unknown = JSON.parse(readFileSync(new URL("../package.json", import.meta.url), "utf8"))
const version =
  typeof manifest === "object" && manifest !== null && "version" in manifest ? String(manifest.version) : "0.0.0"

// Not `process.exit`: what is still being written to a pipe would be lost.
process.exitCode = await runCommand(process.argv.slice(2), version)
