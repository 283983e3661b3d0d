// Logs as fast as it can until someone kills it. Says after each thousand how far it is, once the write returned.
import { init } from "../dist/index.js"

const run = init({
  project: "kill",
  slug: process.argv[2],
  git: false,
  packages: false,
  systemMetrics: false,
  captureConsole: false,
  batchMs: 20,
  onMessage: () => {}
})
let i = 0
for (;;) {
  for (let n = 0; n < 1000; n++) {
    run.log({ i, half: i / 2 })
    i++
  }
  process.send(i)
  await new Promise((resolve) => setTimeout(resolve, 5))
}
