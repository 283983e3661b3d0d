/** A failed call, said in place: what, why, and Retry. */
import { html, type TemplateResult } from "lit"
import { describeError } from "../format/describeError.ts"

export const errorMessage = (error: unknown, retry: () => void): TemplateResult => {
  const { title, detail } = describeError(error)
  return html`<div class="message" role="alert" part="error">
    <span class="strong">${title}</span>
    <span class="sm">${detail}</span>
    <button class="button" @click=${retry}>Retry</button>
  </div>`
}
