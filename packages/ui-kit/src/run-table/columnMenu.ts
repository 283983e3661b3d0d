/** The list that columns are picked from, searched by name; a project may have thousands of fields, so few are drawn. */
import { html, type TemplateResult } from "lit"
import { columnTitle } from "./RunRow.ts"

const mostListed = 200

export interface ColumnMenuHost {
  readonly search: string
  readonly setSearch: (text: string) => void
  readonly setColumns: (columns: ReadonlyArray<string>) => void
  readonly exportRows: () => void
  readonly showDeleted: () => void
}

export const columnMenu = (
  fields: ReadonlyArray<string>,
  columns: ReadonlyArray<string>,
  host: ColumnMenuHost
): TemplateResult => {
  const search = host.search.toLowerCase()
  const found = [...columns, ...fields.filter((field) => !columns.includes(field))].filter((field) =>
    field.toLowerCase().includes(search)
  )
  const toggle = (field: string) =>
    host.setColumns(columns.includes(field) ? columns.filter((column) => column !== field) : [...columns, field])
  const item = (field: string) => html`<li><label>
    <input type="checkbox" .checked=${columns.includes(field)} @change=${() => toggle(field)}>
    <span class="clip grow" title=${field}>${columnTitle(field)}</span>
    <span class="xs t3">${field.split(".", 1)[0] === "config" ? "config" : "result"}</span>
  </label></li>`
  return html`<div class="popover" role="dialog" aria-label="Columns">
    <span class="field"><input aria-label="Find a column" placeholder="Find a column" autocomplete="off" .value=${host.search}
      @input=${(event: InputEvent) => host.setSearch((event.target as HTMLInputElement).value)}></span>
    ${found.length === 0 ? html`<p class="sm t3">No field has this name.</p>` : html`<ul>${found.slice(0, mostListed).map(item)}</ul>`}
    ${found.length > mostListed ? html`<p class="xs t3">${found.length - mostListed} more; type to find them.</p>` : ""}
    <div class="ends"><button class="button quiet" @click=${host.exportRows}>Export as CSV</button>
    <button class="button quiet" @click=${host.showDeleted}>Show deleted runs</button></div>
  </div>`
}
