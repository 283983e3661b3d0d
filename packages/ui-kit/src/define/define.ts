/** Registers an element once. A second copy of the kit on the page keeps the first registration, with a warning. */
export const define = (name: `wl-${string}`, element: CustomElementConstructor): void => {
  const known = customElements.get(name)
  if (known === undefined) customElements.define(name, element)
  else if (known !== element) console.warn(`<${name}> is already defined by another copy of @wanllmdb/ui-kit`)
}
