// Ends in the way that its argument names, without calling finish.
import { init } from "../dist/index.js"

const [slug, how] = process.argv.slice(2)
const run = init({
  project: "exit",
  slug,
  git: false,
  packages: false,
  systemMetrics: false,
  finishOnExit: true,
  onMessage: () => {}
})
run.log({ i: 1 })
if (how === "error")
  setTimeout(() => {
    throw new Error("last words")
  }, 200)
if (how === "wait") {
  setInterval(() => {}, 1000)
  setTimeout(() => process.send("ready"), 200)
}
if (how === "code") process.exitCode = 3
