// Logs on a file system that refuses to hold more; says how many calls were kept before the first that was not.
import { init } from "../dist/index.js"

const messages = []
const run = init({
  project: "full",
  mode: "offline",
  git: false,
  packages: false,
  systemMetrics: false,
  captureConsole: false,
  onMessage: (_, message) => messages.push(message)
})
let kept = 0
for (let i = 0; i < 100_000 && run.status.dropped === 0; i++) {
  run.log({ i, half: i / 2 })
  if (run.status.dropped === 0) kept++
}
run.log({ i: -1, half: -1 })
process.send({ kept, dropped: run.status.dropped, messages }, () => process.disconnect())
