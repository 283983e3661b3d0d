/** Says each kind of trouble once, not once per step: a training prints thousands of lines of its own. */

export type Report = (level: "info" | "warn", message: string) => void

const mostDistinct = 50

export class Reporter {
  readonly #report: Report
  readonly #said = new Set<string>()

  constructor(report?: Report | undefined) {
    this.#report = report ?? ((_, message) => void process.stderr.write(`wanllmdb: ${message}\n`))
  }

  info(message: string): void {
    this.#say("info", message)
  }

  /** `kind` stands for all messages of its sort; default: the message itself. */
  warn(message: string, kind: string = message): void {
    if (this.#said.has(kind) || this.#said.size > mostDistinct) return
    this.#said.add(kind)
    this.#say(
      "warn",
      this.#said.size > mostDistinct ? "there are more warnings of this run; they are not shown" : message
    )
  }

  /** The trouble is over, so that its next occurrence is said again. */
  forget(kind: string): void {
    this.#said.delete(kind)
  }

  #say(level: "info" | "warn", message: string): void {
    try {
      this.#report(level, message)
    } catch {
      // A logger that throws must not end the training.
    }
  }
}
