/** Colours of runs, remembered per project in this browser, so that a run looks the same on the next visit and on its own page. */
import { RunColours } from "@wanllmdb/ui-kit/provider"

const most = 200
const keyOf = (project: string): string => `wanllmdb.colours.${project}`

const read = (project: string): ReadonlyArray<readonly [string, number]> => {
  try {
    const stored: unknown = JSON.parse(localStorage.getItem(keyOf(project)) ?? "[]")
    if (!Array.isArray(stored)) return []
    return stored.filter(
      (entry): entry is [string, number] =>
        Array.isArray(entry) && typeof entry[0] === "string" && Number.isInteger(entry[1])
    )
  } catch {
    return []
  }
}

export class ProjectColours {
  #project = ""
  #colours = new RunColours()

  constructor() {
    addEventListener("pagehide", () => this.#store())
  }

  /** The colours of a project, `entity/project`; an empty name has its own that nobody keeps. */
  of(project: string): RunColours {
    if (project !== this.#project) {
      this.#store()
      this.#project = project
      this.#colours = new RunColours(project === "" ? [] : read(project))
    }
    return this.#colours
  }

  #store(): void {
    if (this.#project === "") return
    try {
      localStorage.setItem(keyOf(this.#project), JSON.stringify(this.#colours.entries().slice(0, most)))
    } catch {
      // A browser that keeps nothing gives colours anew.
    }
  }
}
