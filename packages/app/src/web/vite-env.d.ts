/** What vite sets in modules of the app. */
interface ImportMeta {
  readonly env: { readonly DEV: boolean }
}
