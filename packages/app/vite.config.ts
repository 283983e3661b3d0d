import { defaultClientConditions, defineConfig, type Plugin } from "vite"

/** In development every page is served from `/`; in a build the handler of `src/index.ts` writes the base. */
const developmentBase: Plugin = {
  name: "development-base",
  apply: "serve",
  transformIndexHtml: () => [{ tag: "base", attrs: { href: "/" }, injectTo: "head-prepend" }]
}

/** Relative addresses, so that the app works under any base path; names of files carry their content's hash. */
export default defineConfig({
  base: "./",
  plugins: [developmentBase],
  resolve: { conditions: ["@wanllmdb/source", ...defaultClientConditions] },
  build: {
    outDir: ".cache/web",
    emptyOutDir: true,
    target: "es2023",
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false }
  }
})
