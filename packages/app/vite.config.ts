import { defaultClientConditions, defineConfig, type Plugin } from "vite"

/** In development every page is served from `/`; in a build the handler of `src/index.ts` writes the base. */
const developmentBase: Plugin = {
  name: "development-base",
  apply: "serve",
  transformIndexHtml: () => [{ tag: "base", attrs: { href: "/" }, injectTo: "head-prepend" }]
}

/** Style sheets in scripts are text to a minifier; this takes the line breaks out of them. */
const shortStyles: Plugin = {
  name: "short-styles",
  apply: "build",
  enforce: "pre",
  transform: (code, id) =>
    id.endsWith(".ts") && code.includes("css`")
      ? code.replace(/(?<=[=[(,]\s*)css`[^`$]*`/g, (sheet) =>
          sheet
            .replace(/\s+/g, " ")
            .replace(/ ?([{};,]) ?/g, "$1")
            .replace(/;}/g, "}")
        )
      : undefined
}

/** Relative addresses, so that the app works under any base path; names of files carry their content's hash. */
export default defineConfig({
  base: "./",
  plugins: [developmentBase, shortStyles],
  resolve: { conditions: ["@wanllmdb/source", ...defaultClientConditions] },
  build: {
    outDir: ".cache/web",
    emptyOutDir: true,
    target: "es2023",
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rolldownOptions: {
      output: {
        // What every page needs is one file, what charts need another: fewer requests, and they pack better.
        codeSplitting: {
          groups: [
            {
              name: "kit",
              test: /node_modules\/@?lit|ui-kit\/src\/(base|store|provider|format|theme|define\/define|run-table\/(stateWord|RunRow))/
            },
            { name: "charts", test: /ui-kit\/src\/(line-chart|chart-grid|chart|scale|series|smooth)\// }
          ]
        }
      }
    }
  }
})
