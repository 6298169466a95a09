import { defineConfig } from "@playwright/test";
import { MOUNTS } from "./browser/sites";

/** Found by `cargo inkstone test`; by hand: CHROME=/path npx playwright test. */
const executablePath = process.env.CHROME ?? "/usr/bin/chromium";

export default defineConfig<{ at: string }>({
  testDir: "browser",
  outputDir: "browser/results",
  globalSetup: "./browser/build-sites.ts",
  workers: 2,
  fullyParallel: true,
  forbidOnly: !!process.env.CI,
  retries: 0,
  timeout: 90_000,
  expect: { timeout: 30_000 },
  reporter: [["list"]],
  projects: MOUNTS.map((at) => ({ name: at, use: { at } })),
  use: {
    locale: "zh-CN",
    viewport: { width: 1280, height: 900 },
    launchOptions: {
      executablePath,
      args: [
        "--no-sandbox",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--disable-quic",
      ],
    },
  },
});
