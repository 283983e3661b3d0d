/** One animation frame for all charts of a page: they change together, and what they send to the worker is one message. */
type Job = () => void

const jobs = new Set<Job>()
const endings = new Set<Job>()
let asked = false
let running = false

const run = (): void => {
  asked = false
  running = true
  const batch = [...jobs]
  jobs.clear()
  for (const job of batch) job()
  running = false
  finish()
}

const finish = (): void => {
  const batch = [...endings]
  endings.clear()
  for (const ending of batch) ending()
}

/** Runs a job once in the next frame, however often it is asked for. */
export const onFrame = (job: Job): void => {
  jobs.add(job)
  if (asked) return
  asked = true
  requestAnimationFrame(run)
}

export const cancelFrame = (job: Job): void => {
  jobs.delete(job)
}

/** Runs after the jobs of the frame under way, or very soon outside one. */
export const afterFrame = (ending: Job): void => {
  if (endings.size === 0 && !running) queueMicrotask(finish)
  endings.add(ending)
}
