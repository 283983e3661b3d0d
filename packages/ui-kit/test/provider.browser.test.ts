import { css, html } from "lit"
import { afterEach, expect, test } from "vitest"
import { WlElement } from "../src/base/WlElement.ts"
import "../src/define/provider.ts"
import { readColour } from "../src/theme/readColour.ts"

class Probe extends WlElement {
  static override styles = [...WlElement.styles, css`p { color: var(--wl-text); }`]
  override render() {
    return html`<p>${this.provider?.theme ?? "none"}</p>`
  }
}
customElements.define("test-probe", Probe)

afterEach(() => {
  document.body.replaceChildren()
})

const colourOfText = (element: Element) => getComputedStyle(element.shadowRoot!.querySelector("p")!).color

test("tokens follow the theme of the provider and lose to any ancestor of the host", async () => {
  document.body.innerHTML = `<wl-provider theme="dark"><test-probe></test-probe></wl-provider><test-probe></test-probe>`
  const [dark, plain] = [...document.querySelectorAll("test-probe")] as [Probe, Probe]
  await dark.updateComplete
  expect(colourOfText(dark)).toBe("rgb(236, 236, 234)")
  expect(colourOfText(plain)).toBe("rgb(29, 29, 27)")
  document.body.style.setProperty("--wl-text", "rgb(1, 2, 3)")
  expect(colourOfText(dark)).toBe("rgb(1, 2, 3)")
  document.body.style.removeProperty("--wl-text")
})

test("an element knows its provider, and reads any CSS colour as numbers where it stands", async () => {
  document.body.innerHTML = `<wl-provider theme="dark"><test-probe></test-probe></wl-provider>`
  const probe = document.querySelector("test-probe") as Probe
  await probe.updateComplete
  expect(probe.shadowRoot!.textContent).toContain("dark")
  expect(readColour(probe, "var(--wl-s1)")).toEqual([125, 155, 255, 255])
  expect(readColour(probe, "light-dark(oklch(0.55 0.14 20), oklch(0.75 0.12 20))")[3]).toBe(255)
})
