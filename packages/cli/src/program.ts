/** The command line: names, flags and help. What a command does is loaded when it is called, so that `--help` is quick. */
import { Command, CommanderError, Option } from "commander"

const dataFlags = (command: Command): Command =>
  command
    .option("--data <dir>", "data folder (default: WANLLMDB_DATA, then ./wanllmdb-data)")
    .option("--database <url>", "SQLite file, as a path or file:PATH (default: in the data folder)")

const jsonFlag = (command: Command): Command => command.option("--json", "print JSON")

export const makeProgram = (version: string): Command => {
  const program = new Command("wanllmdb")
    .description("Tracks machine-learning experiments: server, keys and maintenance.")
    .version(version)
    .exitOverride()
    .showHelpAfterError()

  dataFlags(program.command("serve").description("run the server and the web app"))
    .option("--host <address>", "address to listen on (default: 127.0.0.1)")
    .option("--port <number>", "port, 0 for any free one (default: the next free one from 8080)")
    .option("--blobs <url>", "folder of files, as a path or file:DIR (default: in the data folder)")
    .addOption(new Option("--auth <mode>", "local: this machine's user; keys: API keys").choices(["local", "keys"]))
    .option("--base-path <path>", "prefix of every address, such as /ml")
    .option("--config <file>", "JSON file with these settings")
    .action(async (flags) => (await import("./command/serve.ts")).serve(flags))

  const key = program.command("key").description("API keys")
  jsonFlag(dataFlags(key.command("create").description("make a key and print it, once")))
    .option("--user <name>", "whom it stands for")
    .option("--name <text>", "what it is for")
    .addOption(new Option("--role <role>", "what it may do").choices(["admin", "member", "viewer", "ingest"]))
    .option("--project <ref...>", "the only projects it reaches, as entity:slug")
    .option("--expires <days>", "days until it ends")
    .option("--impersonate", "may act for other users")
    .action(async (flags) => (await import("./command/key.ts")).createKey(flags))
  jsonFlag(dataFlags(key.command("list").description("list keys"))).action(async (flags) =>
    (await import("./command/key.ts")).listKeys(flags)
  )
  dataFlags(key.command("revoke <id>").description("end a key")).action(async (id, flags) =>
    (await import("./command/key.ts")).revokeKey(id, flags)
  )

  jsonFlag(dataFlags(program.command("verify").description("check stored metrics against their checksums")))
    .option("--run <ref>", "only this run: its id or entity:project:slug")
    .action(async (flags) => (await import("./command/verify.ts")).verify(flags))
  jsonFlag(dataFlags(program.command("doctor").description("check the installation"))).action(async (flags) =>
    (await import("./command/doctor.ts")).doctor(flags)
  )
  jsonFlag(program.command("sync [dir]").description("send offline and interrupted runs; safe to repeat"))
    .option("--url <url>", "server (default: WANLLMDB_URL, then where each run was meant to go)")
    .option("--api-key <key>", "key (default: WANLLMDB_API_KEY)")
    .option("--clean", "delete what the server has completely")
    .action(async (dir, flags) => (await import("./command/sync.ts")).sync(dir, flags))
  const imports = program.command("import").description("bring in what other trackers left")
  jsonFlag(imports.command("wandb <dir>").description("runs in W&B's own directories; safe to repeat"))
    .option("--url <url>", "server (default: WANLLMDB_URL, then http://127.0.0.1:8080)")
    .option("--api-key <key>", "key (default: WANLLMDB_API_KEY)")
    .option("--entity <slug>", "entity in place of what the runs say")
    .option("--project <slug>", "project in place of what the runs say")
    .action(async (dir, flags) => (await import("./command/importWandb.ts")).importWandb(dir, flags))
  jsonFlag(dataFlags(program.command("migrate").description("bring the database up to date")))
    .option("--plan", "only say what would run")
    .option("--sql", "print the statements")
    .action(async (flags) => (await import("./command/migrate.ts")).migrate(flags))
  return program
}

/** Runs one command line and gives its exit status. */
export const runCommand = async (argv: ReadonlyArray<string>, version: string): Promise<number> => {
  const program = makeProgram(version)
  try {
    await program.parseAsync(argv, { from: "user" })
    return 0
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2
    process.stderr.write(`wanllmdb: ${error instanceof Error ? error.message : String(error)}\n`)
    return isCommandFault(error) ? error.exitCode : 1
  }
}

const isCommandFault = (error: unknown): error is { readonly exitCode: number } =>
  error instanceof Error && error.name === "CommandFault" && "exitCode" in error
