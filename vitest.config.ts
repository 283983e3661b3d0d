import { playwright } from "@vitest/browser-playwright"
import { defineConfig } from "vitest/config"

const conditions = ["@wanllmdb/source"]
const chromiumArgs = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync"
]

/** Two projects: `node` runs everywhere, `browser` needs Chromium (`CHROMIUM_PATH`, default `/usr/bin/chromium`). */
export default defineConfig({
  resolve: { conditions },
  ssr: { resolve: { conditions } },
  test: {
    teardownTimeout: 1000,
    coverage: {
      provider: "v8",
      reportOnFailure: true,
      include: ["packages/*/src/**/*.ts"],
      exclude: ["**/index.ts", "**/*.d.ts"],
      reporter: ["text-summary", "json-summary"],
      reportsDirectory: "coverage"
    },
    projects: [
      {
        resolve: { conditions },
        ssr: { resolve: { conditions } },
        test: {
          name: "node",
          environment: "node",
          include: ["packages/*/test/**/*.test.ts", "examples/*/test/**/*.test.ts"],
          exclude: ["**/*.browser.test.ts", "**/*.e2e.test.ts", "**/node_modules/**"],
          testTimeout: 30_000,
          hookTimeout: 60_000
        }
      },
      {
        resolve: { conditions },
        // Found while a test runs, a dependency would make vite reload the page under it.
        optimizeDeps: { include: ["axe-core"] },
        test: {
          name: "browser",
          include: ["packages/*/test/**/*.browser.test.ts"],
          fileParallelism: false,
          testTimeout: 30_000,
          browser: {
            enabled: true,
            headless: true,
            screenshotFailures: false,
            provider: playwright({
              launchOptions: { executablePath: process.env.CHROMIUM_PATH ?? "/usr/bin/chromium", args: chromiumArgs }
            }),
            instances: [{ browser: "chromium", viewport: { width: 1280, height: 800 } }]
          }
        }
      },
      {
        resolve: { conditions },
        ssr: { resolve: { conditions } },
        test: {
          name: "e2e",
          environment: "node",
          include: ["packages/*/test/**/*.e2e.test.ts", "examples/*/test/**/*.e2e.test.ts"],
          fileParallelism: false,
          testTimeout: 120_000,
          hookTimeout: 120_000
        }
      }
    ]
  }
})
