/** A run as JSON text. Config and summary are passed on as they are stored, or written in steps: either may be megabytes. */
import { documentText, isLargeJson, type Run, textAtHand } from "@wanllmdb/core"
import { Effect } from "effect"
import { withoutDocuments } from "./resourceJson.ts"

/** Known or written at once; null where writing it takes long. */
const textNow = (run: Run, name: "config" | "summary"): string | null =>
  textAtHand(run, name) ?? (isLargeJson(run[name]) ? null : JSON.stringify(run[name]))

const joined = (run: Run, config: string, summary: string): string =>
  `${JSON.stringify(withoutDocuments(run)).slice(0, -1)},"config":${config},"summary":${summary}}`

export const runText = (run: Run): Effect.Effect<string> =>
  Effect.suspend(() => {
    const [config, summary] = [textNow(run, "config"), textNow(run, "summary")]
    if (config !== null && summary !== null) return Effect.succeed(joined(run, config, summary))
    return Effect.promise(async () =>
      joined(run, await documentText(run, "config"), await documentText(run, "summary"))
    )
  })
