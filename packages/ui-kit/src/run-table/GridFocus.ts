/** Which cell of the run table is the active one, and what keys and clicks do to it: select, show, fold, open, sort, widen. */
import { foldKey, gridKeys, resizeKey } from "./gridKeys.ts"
import type { RowPool } from "./RowPool.ts"
import type { RunRow } from "./RunRow.ts"
import type { RunTableController } from "./RunTableController.ts"
import { boundedWidth } from "./tableHead.ts"

export interface GridFocusHost {
  readonly root: () => ParentNode
  readonly controller: () => RunTableController | null
  readonly pool: () => RowPool | null
  /** What each column of the grid is of. */
  readonly fields: () => ReadonlyArray<string>
  readonly sortBy: (field: string, additive: boolean) => void
  /** Says that a run is opened; false when someone else took that over. */
  readonly open: (run: RunRow) => boolean
  readonly moved: () => void
}

export class GridFocus {
  /** -1 is the header. */
  row = 0
  column = 1
  #anchor = 0
  readonly #host: GridFocusHost

  constructor(host: GridFocusHost) {
    this.#host = host
  }

  readonly clicked = (event: MouseEvent): void => {
    const [controller, pool] = [this.#host.controller(), this.#host.pool()]
    if (controller === null || pool === null) return
    const index = pool.rowOf(event)
    const { rows } = controller.getSnapshot()
    const group = rows.groupAt?.(index)
    const row = rows.at(index)
    const within = (selector: string) =>
      event.composedPath().some((node) => node instanceof Element && node.matches(selector))
    if (group !== undefined) {
      this.row = index
      controller.send({ type: "fold", group: group.key })
    } else if (row !== undefined) {
      this.row = index
      if (within(".toggle")) controller.send({ type: "toggleShown", run: row.id, alone: event.altKey })
      else if (within("a.link")) {
        if (!event.metaKey && !event.ctrlKey && !this.#host.open(row)) event.preventDefault()
      } else if (event.shiftKey) this.#selectTo(index, controller)
      else {
        this.#anchor = index
        // Like a list of check boxes, since the next thing to do with one selected run is to select another.
        controller.send({ type: "select", runs: [row.id], mode: "toggle" })
      }
    }
  }

  readonly keydown = (event: KeyboardEvent): void => {
    const [controller, pool] = [this.#host.controller(), this.#host.pool()]
    if (controller === null || pool === null) return
    const fields = this.#host.fields()
    const { rows } = controller.getSnapshot()
    const group = rows.groupAt?.(this.row)
    const wider = this.row === -1 ? resizeKey(event) : 0
    if (group !== undefined && foldKey(event, group.folded)) {
      event.preventDefault()
      controller.send({ type: "fold", group: group.key })
      return
    }
    if (wider !== 0) {
      event.preventDefault()
      this.#widen(fields[this.column]!, wider, controller)
      return
    }
    const [{ row, column }, page] = [this, pool.rowsInView]
    const step = gridKeys(event, { row, column, rows: rows.total, columns: fields.length, page })
    if (step === null) return
    event.preventDefault()
    const run = rows.at(row)
    if (step.kind === "move") {
      this.row = step.row
      this.column = step.column
      if (step.row >= 0) pool.reveal(step.row)
      if (step.extend && step.row >= 0) this.#selectTo(step.row, controller)
      else this.#anchor = Math.max(0, step.row)
      this.#host.moved()
    } else if (step.kind === "all") {
      const ids = Array.from({ length: rows.total }, (_, at) => rows.at(at)?.id).filter((id) => id !== undefined)
      controller.send({ type: "select", runs: ids, mode: "only" })
    } else if (step.kind === "clear") controller.send({ type: "select", runs: [], mode: "only" })
    else if (row === -1) this.#host.sortBy(fields[column]!, event.shiftKey)
    else if (run === undefined) return
    else if (step.kind === "select") controller.send({ type: "select", runs: [run.id], mode: "toggle" })
    else if (step.kind === "show") controller.send({ type: "toggleShown", run: run.id, alone: event.altKey })
    else if (this.#host.open(run)) this.#host.root().querySelector<HTMLAnchorElement>(".row.active a[href]")?.click()
  }

  #selectTo(to: number, controller: RunTableController): void {
    const { rows } = controller.getSnapshot()
    const [first, last] = this.#anchor < to ? [this.#anchor, to] : [to, this.#anchor]
    const runs: Array<string> = []
    for (let at = first; at <= last; at++) {
      const row = rows.at(at)
      if (row !== undefined) runs.push(row.id)
    }
    controller.send({ type: "select", runs, mode: "add" })
  }

  /** By the keyboard: from the width the column has now. */
  #widen(field: string, px: number, controller: RunTableController): void {
    const head = this.#host.root().querySelector<HTMLElement>("#active")
    if (head?.querySelector(".grip") == null) return
    controller.send({ type: "width", field, px: boundedWidth(head.offsetWidth + px) })
  }
}
