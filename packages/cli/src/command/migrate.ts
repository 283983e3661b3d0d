/** `wanllmdb migrate`: brings the tables up to date, or shows what that would do. */

import { wrongCall } from "../output/CommandFault.ts"
import { print } from "../output/printRows.ts"
import { type DataFlags, withData } from "./withData.ts"

export interface MigrateFlags extends DataFlags {
  readonly plan?: boolean
  readonly sql?: boolean
  readonly json?: boolean
}

export const migrate = async (flags: MigrateFlags): Promise<void> => {
  if (flags.plan === true && flags.sql === true) throw wrongCall("give --plan or --sql, not both")
  await withData(flags, { make: flags.plan !== true }, async (wan) => {
    if (flags.sql === true) {
      print(await wan.migrations.sql())
      return
    }
    const names = await (flags.plan === true ? wan.migrations.plan() : wan.migrations.run())
    if (flags.json === true) print(JSON.stringify(names))
    else if (names.length === 0) print("The database is up to date.")
    else for (const name of names) print(flags.plan === true ? `would run ${name}` : `ran ${name}`)
  })
}
