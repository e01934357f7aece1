import path from "node:path";
import { defineConfig } from "@playwright/test";
import { launchOptions, target } from "../browser.ts";

export default defineConfig({
  testDir: ".",
  testMatch: "*.picture.ts",
  outputDir: path.join(target, "e2e/picture-results"),
  workers: 1,
  reporter: [["list"]],
  use: { browserName: "chromium", launchOptions, locale: "da-DK", timezoneId: "Europe/Copenhagen", testIdAttribute: "data-test" },
});
