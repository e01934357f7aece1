import path from "node:path";
import { defineConfig } from "@playwright/test";
import { launchOptions, target } from "../browser.ts";

export default defineConfig({
  testDir: ".",
  testMatch: "*.bench.ts",
  outputDir: path.join(target, "e2e/bench-results"),
  // Alone on the machine, or the figures are another's.
  workers: 1,
  timeout: 300_000,
  reporter: [["list"]],
  use: { browserName: "chromium", launchOptions, locale: "da-DK", timezoneId: "Europe/Copenhagen", testIdAttribute: "data-test" },
});
