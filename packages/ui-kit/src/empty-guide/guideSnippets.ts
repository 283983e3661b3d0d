/** The lines to paste that make the first run, filled in with this server's address. */

export interface GuideTarget {
  /** Where the server answers, without a slash at the end. */
  readonly server: string
  readonly entity: string
  readonly project: string
  /** A key to fill in; without one the lines name the variable to set. */
  readonly apiKey: string | null
}

export interface GuideSnippet {
  readonly id: "typescript" | "python" | "curl"
  readonly title: string
  readonly text: string
}

const shell = (text: string): string => (/^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`)

export const guideSnippets = ({ server, entity, project, apiKey }: GuideTarget): ReadonlyArray<GuideSnippet> => {
  const path = `${entity}:${project}`
  const header = apiKey === null ? "" : ` \\\n  -H ${shell(`Authorization: Bearer ${apiKey}`)}`
  return [
    {
      id: "typescript",
      title: "TypeScript",
      text: `// npm install @wanllmdb/tracker-node
import { init } from "@wanllmdb/tracker-node"

const run = await init({
  url: ${JSON.stringify(server)},
  project: ${JSON.stringify(`${entity}/${project}`)},${apiKey === null ? "" : `\n  apiKey: ${JSON.stringify(apiKey)},`}
  config: { lr: 0.003 }
})
for (let step = 0; step < 100; step++) run.log({ loss: 1 / (step + 1) })
await run.finish()`
    },
    {
      id: "python",
      title: "Python, W&B client",
      text: `# pip install wandb
import os
os.environ["WANDB_BASE_URL"] = ${JSON.stringify(server)}
os.environ["WANDB_API_KEY"] = ${JSON.stringify(apiKey ?? "local".padEnd(40, "0"))}

import wandb
with wandb.init(entity=${JSON.stringify(entity)}, project=${JSON.stringify(project)}, config={"lr": 0.003}) as run:
    for step in range(100):
        run.log({"loss": 1 / (step + 1)})`
    },
    {
      id: "curl",
      title: "curl",
      text: `curl -sX POST ${shell(`${server}/api/v1/projects/${path}/runs`)} \\
  -H 'Content-Type: application/json'${header} \\
  -d '{ "slug": "first", "config": { "lr": 0.003 } }'
curl -sX POST ${shell(`${server}/api/v1/runs/${path}:first/metrics`)} \\
  -H 'Content-Type: application/json'${header} \\
  -d '{ "rows": [{ "step": 0, "values": { "loss": 1.0 } }, { "step": 1, "values": { "loss": 0.5 } }] }'`
    }
  ]
}
