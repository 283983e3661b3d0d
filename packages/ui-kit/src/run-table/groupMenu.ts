/** The list of fields that rows can be grouped by. */
import { html, type TemplateResult } from "lit"
import { columnTitle } from "./RunRow.ts"

const mostListed = 200
const own = [
  ["group", "Group"],
  ["job", "Job type"],
  ["state", "State"],
  ["tag", "Tags"],
  ["user", "User"],
  ["host", "Host"]
] as const

/** What a field is called on the button and in headers of groups. */
export const groupTitle = (field: string): string =>
  own.find(([known]) => known === field)?.[1].toLowerCase() ?? columnTitle(field)

export interface GroupMenuHost {
  readonly search: string
  readonly setSearch: (text: string) => void
  readonly setGroup: (field: string | null) => void
  readonly fold: (folded: boolean) => void
}

export const groupMenu = (fields: ReadonlyArray<string>, group: string | null, host: GroupMenuHost): TemplateResult => {
  const search = host.search.toLowerCase()
  const known = [
    ...own,
    ...fields.filter((field) => field.startsWith("config.")).map((field) => [field, columnTitle(field)] as const)
  ]
  const found = known.filter(([, title]) => title.toLowerCase().includes(search))
  const item = ([field, title]: readonly [string, string]) => html`<li><label>
    <input type="radio" name="group" .checked=${field === group} @change=${() => host.setGroup(field)}>
    <span class="clip grow" title=${field}>${title}</span>
    <span class="xs t3">${field.startsWith("config.") ? "config" : "run"}</span>
  </label></li>`
  return html`<div class="popover" role="dialog" aria-label="Group runs">
    <span class="field"><input aria-label="Find a field" placeholder="Group by" autocomplete="off" .value=${host.search}
      @input=${(event: InputEvent) => host.setSearch((event.target as HTMLInputElement).value)}></span>
    ${found.length === 0 ? html`<p class="sm t3">No field has this name.</p>` : html`<ul>${found.slice(0, mostListed).map(item)}</ul>`}
    ${
      group === null
        ? ""
        : html`<div class="ends"><button class="button quiet" @click=${() => host.fold(true)}>Fold all</button>
          <button class="button quiet" @click=${() => host.fold(false)}>Unfold all</button>
          <button class="button quiet" @click=${() => host.setGroup(null)}>No groups</button></div>`
    }
  </div>`
}
