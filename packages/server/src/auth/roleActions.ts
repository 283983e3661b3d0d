/** What each role may do where the host gives no rule of its own. */
import { Action, type Role } from "@wanllmdb/core"

const all: ReadonlySet<Action> = new Set(Action.literals)

/** Everything but keys and the server's insides. */
const member: ReadonlySet<Action> = new Set(
  Action.literals.filter((action) => action !== "key.manage" && action !== "server.inspect")
)

const viewer: ReadonlySet<Action> = new Set(["project.read", "run.read", "file.read"] satisfies Array<Action>)

/** Training jobs: they make and fill runs and read nothing back. */
const ingest: ReadonlySet<Action> = new Set([
  "project.create",
  "run.create",
  "run.update",
  "run.log",
  "file.write"
] satisfies Array<Action>)

export const roleActions: Readonly<Record<Role, ReadonlySet<Action>>> = { admin: all, member, viewer, ingest }
