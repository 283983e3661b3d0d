/**
 * Gives every token its default in this document without a style sheet: a registered property's initial value loses to
 * any rule of the host, on any ancestor, and needs no global CSS. Universal syntax keeps `light-dark()` unresolved until
 * it is used, so that it follows the colour scheme of the element that uses it.
 */
import { tokenDefaults } from "./tokens.ts"

let registered = false

export const registerTokens = (): void => {
  if (registered || typeof CSS === "undefined" || CSS.registerProperty === undefined) return
  registered = true
  for (const [name, initialValue] of tokenDefaults()) {
    try {
      CSS.registerProperty({ name, syntax: "*", inherits: true, initialValue })
    } catch {
      // Another copy of the kit, or the host, was first; its default stands.
    }
  }
}
