/** Opens the connections of one database file: the writer, the reader, and a read-only one for this thread. */
import { mkdirSync } from "node:fs"
import { dirname, resolve } from "node:path"
import { chooseDriver } from "./driver/chooseDriver.ts"
import { claimFile } from "./driver/fileOwners.ts"
import type { Durability } from "./driver/openDatabase.ts"
import type { DriverName } from "./driver/SqliteDriver.ts"
import { readerQueries, writerModules } from "./modules.ts"
import { ReadConnection } from "./reader/ReadConnection.ts"
import { Reader } from "./reader/Reader.ts"
import { inlineReader, type ReaderClient, threadReader } from "./reader/ReaderClient.ts"
import { StoreThread } from "./thread/StoreThread.ts"
import { Writer } from "./writer/Writer.ts"
import { inlineWriter, threadWriter, type WriterClient } from "./writer/WriterClient.ts"

export interface SqliteOptions {
  /** Path of the database file. It and its folder are made when they are missing. */
  readonly file: string
  /** Which library opens it. Default: `better-sqlite3` where it loads, else the `node:sqlite` interface. */
  readonly driver?: DriverName | undefined
  /** What an answered write survives: a `power` cut (default), or only the end of the `process`, which saves a sync a commit. */
  readonly durability?: Durability | undefined
  /**
   * Where writes and scans run. `worker` (default): on threads of their own, so that a sync of the disk never stops the
   * event loop. `inline`: on the caller's thread, for programs that do nothing else.
   */
  readonly threads?: "worker" | "inline" | undefined
  /** A metadata transaction that is open longer than this is rolled back. Default 5,000. */
  readonly holdMs?: number | undefined
}

/** What the stores of this package are built from. */
export interface StoreConnections {
  /** Library and version: `better-sqlite3 12.11.1`. */
  readonly driver: string
  readonly writer: WriterClient
  /** For scans. */
  readonly reader: ReaderClient
  /** For small keyed reads, at once, on this thread. */
  readonly connection: ReadConnection
  close(): Promise<void>
}

export const openStore = async (options: SqliteOptions): Promise<StoreConnections> => {
  const file = resolve(options.file)
  const driver = chooseDriver(options.driver)
  mkdirSync(dirname(file), { recursive: true })
  const release = claimFile(file, driver.name)
  const closers: Array<() => void | Promise<void>> = [release]
  const close = async () => {
    for (const step of closers.splice(0).reverse()) await step()
  }
  try {
    const durability = options.durability ?? "power"
    const setup = { driver: driver.name, file, durability, holdMs: options.holdMs } as const
    const inline = options.threads === "inline"
    const writer = inline
      ? inlineWriter(new Writer({ ...setup, driver, modules: writerModules }))
      : threadWriter(new StoreThread({ ...setup, role: "writer" }))
    closers.push(() => writer.close())
    const reader = inline
      ? inlineReader(new Reader({ driver, file, queries: readerQueries }))
      : threadReader(new StoreThread({ ...setup, role: "reader" }))
    closers.push(() => reader.close())
    // The writer makes the file; a read-only connection before that would fail.
    await writer.query("select 1", [], null)
    const connection = new ReadConnection(driver, file)
    closers.push(() => connection.close())
    return { driver: driver.version, writer, reader, connection, close }
  } catch (cause) {
    await close()
    throw cause
  }
}
